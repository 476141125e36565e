package dev.beckon.ledger.keys;

import java.util.Arrays;
import java.util.HexFormat;

/** The HMAC of an identity: what a person is found by. Ordered by its bytes, the same everywhere. */
public final class LookupKey implements Comparable<LookupKey> {
    private final byte[] bytes;

    public LookupKey(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** As it is stored. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(LookupKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LookupKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Only its beginning: a log full of these must not become an index of people. */
    @Override
    public String toString() {
        return "LookupKey[" + HexFormat.of().formatHex(bytes, 0, 2) + "…]";
    }
}
