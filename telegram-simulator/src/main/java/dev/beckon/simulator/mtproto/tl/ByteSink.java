package dev.beckon.simulator.mtproto.tl;

import java.util.Arrays;

/** A growing buffer of little-endian numbers and padded byte strings, as TL lays them out. */
public final class ByteSink {
    private byte[] buffer = new byte[256];
    private int size;

    /** Little-endian. */
    public ByteSink int32(int value) {
        reserve(4);
        for (int shift = 0; shift < 32; shift += 8) {
            buffer[size++] = (byte) (value >> shift);
        }
        return this;
    }

    /** Little-endian. */
    public ByteSink int64(long value) {
        return int32((int) value).int32((int) (value >>> 32));
    }

    /** The bytes as they are, without TL's length and padding. */
    public ByteSink raw(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
        return this;
    }

    /** A byte string with its length before it, padded to four bytes; at most 2^24 − 1 bytes. */
    public ByteSink string(byte[] bytes) {
        int start = size;
        reserve(bytes.length + 8);
        if (bytes.length < 254) {
            buffer[size++] = (byte) bytes.length;
        } else if (bytes.length < 1 << 24) {
            int32(bytes.length << 8 | 254);
        } else {
            throw new TlException("a string of " + bytes.length + " bytes is too long");
        }
        raw(bytes);
        while ((size - start) % 4 != 0) {
            reserve(1);
            buffer[size++] = 0;
        }
        return this;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    private void reserve(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
