package dev.beckon.simulator.mtproto.session;

import dev.beckon.simulator.mtproto.crypto.Aes;
import dev.beckon.simulator.mtproto.crypto.Bytes;
import dev.beckon.simulator.mtproto.crypto.MessageKeys;
import dev.beckon.simulator.mtproto.crypto.MessageKeys.Direction;
import dev.beckon.simulator.mtproto.tl.ByteSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A message within its envelope: {@code auth_key_id, msg_key, AES-IGE(salt, session_id, msg_id, seq_no, length, body,
 * padding)} (core.telegram.org/mtproto/description).
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes of the protocol: made once, read, never compared.
record SealedMessage(long salt, long sessionId, long id, int sequence, byte[] body, int quickAckToken) {
    private static final int HEADER = 32;
    private static final int LEAST_PADDING = 12;

    /** @throws ProtocolException when it was not sealed with this key */
    static SealedMessage open(AuthKey key, byte[] frame) {
        byte[] messageKey = Bytes.slice(frame, 8, 16);
        // A padded transport leaves noise after the last whole block.
        byte[] encrypted = Bytes.slice(frame, 24, (frame.length - 24) & ~15);
        byte[] plain =
                Aes.igeDecrypt(encrypted, MessageKeys.forMessage(key.value(), messageKey, Direction.FROM_CLIENT));
        if (!Arrays.equals(messageKey, MessageKeys.messageKey(key.value(), plain, Direction.FROM_CLIENT))) {
            throw new ProtocolException("a message whose key doesn't fit its content");
        }
        if (plain.length < HEADER) {
            throw new ProtocolException("a message of " + plain.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
        long salt = in.getLong();
        long session = in.getLong();
        long id = in.getLong();
        int sequence = in.getInt();
        int length = in.getInt();
        int padding = plain.length - HEADER - length;
        if (length < 0 || padding < LEAST_PADDING || padding > 1024) {
            throw new ProtocolException("a message of " + length + " bytes with " + padding + " bytes of padding");
        }
        byte[] body = Bytes.slice(plain, HEADER, length);
        return new SealedMessage(salt, session, id, sequence, body, MessageKeys.quickAck(key.value(), plain));
    }

    /** The frame by which a message of the server goes out. */
    static byte[] seal(AuthKey key, long sessionId, long id, int sequence, byte[] body) {
        int padding = LEAST_PADDING + Math.floorMod(-(HEADER + body.length + LEAST_PADDING), 16);
        byte[] plain = new ByteSink()
                .int64(key.salt())
                .int64(sessionId)
                .int64(id)
                .int32(sequence)
                .int32(body.length)
                .raw(body)
                .raw(Bytes.random(padding))
                .toByteArray();
        byte[] messageKey = MessageKeys.messageKey(key.value(), plain, Direction.FROM_SERVER);
        byte[] encrypted =
                Aes.igeEncrypt(plain, MessageKeys.forMessage(key.value(), messageKey, Direction.FROM_SERVER));
        return new ByteSink().int64(key.id()).raw(messageKey).raw(encrypted).toByteArray();
    }
}
