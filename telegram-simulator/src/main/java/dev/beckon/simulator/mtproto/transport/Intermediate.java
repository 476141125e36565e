package dev.beckon.simulator.mtproto.transport;

import dev.beckon.simulator.mtproto.crypto.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/** A length in four bytes; padded, up to 15 bytes of noise follow the payload within it. */
final class Intermediate implements Framing {
    private static final int QUICK_ACK = 0x80000000;

    private final boolean padded;

    Intermediate(boolean padded) {
        this.padded = padded;
    }

    @Override
    public Frame read(InputStream in) throws IOException {
        int head = Bytes.int32(Framing.exactly(in, 4), 0);
        return new Frame(Framing.exactly(in, head & ~QUICK_ACK), (head & QUICK_ACK) != 0);
    }

    @Override
    public byte[] frame(byte[] payload) {
        // TDLib cuts noise off by whole words, so an error code's frame of four bytes must stay as it is.
        byte[] noise = padded && payload.length > 4
                ? Bytes.random(ThreadLocalRandom.current().nextInt(16))
                : new byte[0];
        return ByteBuffer.allocate(4 + payload.length + noise.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(payload.length + noise.length)
                .put(payload)
                .put(noise)
                .array();
    }

    @Override
    public byte[] quickAck(int token) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(token)
                .array();
    }
}
