package dev.beckon.ledger.content;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeSet;

/** By what posts are told apart: a worker, who reads them, and the operator, who only counts them, must mean the same ones. Pure. */
public final class PostKeys {
    /** Bytes of the key of a post that has no name. */
    private static final int UNNAMED = 16;

    private PostKeys() {}

    /** The key of a post without a name: edited, it is another one. */
    public static String unnamed(String text, Optional<String> image) {
        return HexFormat.of().formatHex(sha256(text + "\0" + image.orElse("")), 0, UNNAMED);
    }

    /**
     * Whether a file or a key of a ConfigMap is a post; what else there is are images. One that begins with a dot is none: so Kubernetes
     * names what it replaces a mounted ConfigMap by.
     */
    public static boolean isPost(String file) {
        return !file.startsWith(".") && (file.endsWith(".md") || file.endsWith(".txt"));
    }

    /** The same for the same posts, in whatever order they are. */
    public static String digest(Collection<String> keys) {
        // A key holds no line feed: it is a file's name, a name in a spec, or a digest.
        return HexFormat.of().formatHex(sha256(String.join("\n", new TreeSet<>(keys))));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
