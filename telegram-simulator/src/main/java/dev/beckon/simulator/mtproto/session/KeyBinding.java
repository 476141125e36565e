package dev.beckon.simulator.mtproto.session;

import dev.beckon.simulator.mtproto.crypto.Aes;
import dev.beckon.simulator.mtproto.crypto.Bytes;
import dev.beckon.simulator.mtproto.crypto.MessageKeys;
import dev.beckon.simulator.mtproto.crypto.MessageKeys.Direction;
import dev.beckon.simulator.mtproto.tl.TlException;
import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.mtproto.tl.TlReader;
import java.util.Arrays;

/** Checks {@code auth.bindTempAuthKey}: proof, sealed with the permanent key, that its owner wants the temporary one. */
final class KeyBinding {
    private static final int HEADER = 32;

    private final TlReader reader;

    KeyBinding(TlReader reader) {
        this.reader = reader;
    }

    boolean isProven(TlObject call, AuthKey permanent, MtSession temporary) {
        byte[] sealed = call.bytes("encrypted_message");
        if (sealed.length < 40 || Bytes.int64(sealed, 0) != permanent.id()) {
            return false;
        }
        byte[] messageKey = Bytes.slice(sealed, 8, 16);
        byte[] encrypted = Bytes.slice(sealed, 24, sealed.length - 24 & ~15);
        byte[] plain = Aes.igeDecrypt(
                encrypted, MessageKeys.forMessageV1(permanent.value(), messageKey, Direction.FROM_CLIENT));
        int length = Bytes.int32(plain, 28);
        if (length < 0 || length > plain.length - HEADER) {
            return false;
        }
        byte[] hash = Bytes.sha1(Bytes.slice(plain, 0, HEADER + length));
        return Arrays.equals(messageKey, Bytes.slice(hash, 4, 16))
                && matches(Bytes.slice(plain, HEADER, length), call, permanent, temporary);
    }

    private boolean matches(byte[] body, TlObject call, AuthKey permanent, MtSession temporary) {
        try {
            TlObject inner = reader.read(body);
            return inner.is("bind_auth_key_inner")
                    && inner.longInteger("nonce") == call.longInteger("nonce")
                    && inner.longInteger("temp_auth_key_id") == temporary.key().id()
                    && inner.longInteger("perm_auth_key_id") == permanent.id()
                    && inner.longInteger("temp_session_id") == temporary.id()
                    && inner.integer("expires_at") == call.integer("expires_at");
        } catch (TlException e) {
            return false;
        }
    }
}
