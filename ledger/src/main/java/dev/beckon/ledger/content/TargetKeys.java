package dev.beckon.ledger.content;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * By what a schedule's targets are told apart: what the user wrote may be a private link, so the ledger keeps a digest. The worker, who
 * writes it, and the operator, who reads it, must mean the same target. Pure.
 */
public final class TargetKeys {
    private static final int BYTES = 16;

    private TargetKeys() {}

    /** @param target as the user wrote it */
    static byte[] bytes(String target) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(target.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(whole, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The same as lower-case hexadecimal digits, as reports have it. */
    public static String of(String target) {
        return HexFormat.of().formatHex(bytes(target));
    }
}
