package dev.beckon.simulator.mtproto.crypto;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/** Byte arrays as the protocol's formulas use them: substrings, concatenation, digests, big-endian integers. */
public final class Bytes {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Bytes() {}

    /** Fit for keys. */
    public static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    public static long randomLong() {
        return RANDOM.nextLong();
    }

    /** {@code length} bytes from {@code offset} on. */
    public static byte[] slice(byte[] bytes, int offset, int length) {
        if (offset + length > bytes.length) {
            throw new IllegalArgumentException(
                    "bytes " + offset + " to " + (offset + length) + " of only " + bytes.length);
        }
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    public static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    /** As long as the first, than which the other must not be shorter. */
    public static byte[] xor(byte[] one, byte[] other) {
        byte[] result = one.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= other[i];
        }
        return result;
    }

    public static byte[] reversed(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }

    /** Eight bytes from the offset on, little-endian, as MTProto has its numbers. */
    public static long int64(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(offset);
    }

    /** Four bytes from the offset on, little-endian. */
    public static int int32(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
    }

    /** Of the parts one after the other, as MTProto writes it: SHA1(a + b). */
    public static byte[] sha1(byte[]... parts) {
        return digest("SHA-1", parts);
    }

    /** Of the parts one after the other. */
    public static byte[] sha256(byte[]... parts) {
        return digest("SHA-256", parts);
    }

    /** A non-negative integer from big-endian bytes. */
    public static BigInteger integer(byte[] bigEndian) {
        return new BigInteger(1, bigEndian);
    }

    /** The integer in exactly {@code length} big-endian bytes, its highest bytes cut off if it is longer. */
    public static byte[] fixed(BigInteger value, int length) {
        byte[] minimal = value.toByteArray();
        byte[] result = new byte[length];
        int take = Math.min(length, minimal.length);
        System.arraycopy(minimal, minimal.length - take, result, length - take, take);
        return result;
    }

    private static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
