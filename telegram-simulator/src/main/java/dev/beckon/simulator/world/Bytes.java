package dev.beckon.simulator.world;

import java.util.HexFormat;

/** Secret bytes, an auth key or a login token, as a value; never printed. */
public record Bytes(String hex) {
    /** A copy. */
    public static Bytes of(byte[] bytes) {
        return new Bytes(HexFormat.of().formatHex(bytes));
    }

    public byte[] toArray() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return "Bytes[" + hex.length() / 2 + "]";
    }
}
