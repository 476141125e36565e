package dev.beckon.simulator.mtproto.crypto;

import static dev.beckon.simulator.mtproto.crypto.Bytes.concat;
import static dev.beckon.simulator.mtproto.crypto.Bytes.sha1;
import static dev.beckon.simulator.mtproto.crypto.Bytes.sha256;
import static dev.beckon.simulator.mtproto.crypto.Bytes.slice;

import dev.beckon.simulator.mtproto.crypto.Aes.KeyAndIv;

/** Keys derived for one message, as core.telegram.org/mtproto/description and …/auth_key define them. */
public final class MessageKeys {
    private MessageKeys() {}

    /** Who sends the message: the two directions take different parts of the auth key. */
    public enum Direction {
        FROM_CLIENT(0),
        FROM_SERVER(8);

        private final int offset;

        Direction(int offset) {
            this.offset = offset;
        }
    }

    /** The 128 middle bits of SHA-256 over a part of the auth key and the padded plain text. */
    public static byte[] messageKey(byte[] authKey, byte[] padded, Direction direction) {
        return slice(large(authKey, padded, direction), 8, 16);
    }

    /** The 32 bits that a quick acknowledgement carries, its highest bit set. */
    public static int quickAck(byte[] authKey, byte[] padded) {
        return Bytes.int32(large(authKey, padded, Direction.FROM_CLIENT), 0) | 0x80000000;
    }

    private static byte[] large(byte[] authKey, byte[] padded, Direction direction) {
        return sha256(slice(authKey, 88 + direction.offset, 32), padded);
    }

    public static KeyAndIv forMessage(byte[] authKey, byte[] messageKey, Direction direction) {
        int x = direction.offset;
        byte[] a = sha256(messageKey, slice(authKey, x, 36));
        byte[] b = sha256(slice(authKey, 40 + x, 36), messageKey);
        return new KeyAndIv(
                concat(slice(a, 0, 8), slice(b, 8, 16), slice(a, 24, 8)),
                concat(slice(b, 0, 8), slice(a, 8, 16), slice(b, 24, 8)));
    }

    /** MTProto 1.0's derivation, which {@code auth.bindTempAuthKey} still uses. */
    public static KeyAndIv forMessageV1(byte[] authKey, byte[] messageKey, Direction direction) {
        int x = direction.offset;
        byte[] a = sha1(messageKey, slice(authKey, x, 32));
        byte[] b = sha1(slice(authKey, 32 + x, 16), messageKey, slice(authKey, 48 + x, 16));
        byte[] c = sha1(slice(authKey, 64 + x, 32), messageKey);
        byte[] d = sha1(messageKey, slice(authKey, 96 + x, 32));
        return new KeyAndIv(
                concat(slice(a, 0, 8), slice(b, 8, 12), slice(c, 4, 12)),
                concat(slice(a, 8, 12), slice(b, 0, 8), slice(c, 16, 4), slice(d, 0, 8)));
    }

    /** The temporary keys of the key exchange. */
    public static KeyAndIv forExchange(byte[] serverNonce, byte[] newNonce) {
        byte[] a = sha1(newNonce, serverNonce);
        byte[] b = sha1(serverNonce, newNonce);
        byte[] c = sha1(newNonce, newNonce);
        return new KeyAndIv(concat(a, slice(b, 0, 12)), concat(slice(b, 12, 8), c, slice(newNonce, 0, 4)));
    }
}
