package dev.beckon.simulator.world;

import dev.beckon.simulator.world.Content.Picture;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Pictures are kept by their digest alone. */
public final class Pictures {
    private Pictures() {}

    /** What the world keeps of a picture: its digest and size. */
    public static Picture of(byte[] image) {
        return new Picture(HexFormat.of().formatHex(sha256(image)), image.length);
    }

    private static byte[] sha256(byte[] image) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(image);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
