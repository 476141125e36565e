package dev.beckon.simulator.mtproto.transport;

import dev.beckon.simulator.mtproto.crypto.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A length in words of four bytes, in one byte or, from 127 words on, in three after a marker. */
final class Abridged implements Framing {
    private static final int LONG = 0x7f;
    private static final int QUICK_ACK = 0x80;

    @Override
    public Frame read(InputStream in) throws IOException {
        int first = Framing.exactly(in, 1)[0] & 0xff;
        int words = first & LONG;
        if (words == LONG) {
            byte[] length = Framing.exactly(in, 3);
            words = (length[0] & 0xff) | (length[1] & 0xff) << 8 | (length[2] & 0xff) << 16;
        }
        return new Frame(Framing.exactly(in, words * 4), (first & QUICK_ACK) != 0);
    }

    @Override
    public byte[] frame(byte[] payload) {
        int words = payload.length / 4;
        byte[] head = words < LONG
                ? new byte[] {(byte) words}
                : new byte[] {LONG, (byte) words, (byte) (words >> 8), (byte) (words >> 16)};
        return Bytes.concat(head, payload);
    }

    /** In big-endian order, unlike everything else, so that its highest bit is in the first byte. */
    @Override
    public byte[] quickAck(int token) {
        return ByteBuffer.allocate(4).putInt(token).array();
    }
}
