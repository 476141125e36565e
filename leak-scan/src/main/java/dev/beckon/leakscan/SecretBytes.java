package dev.beckon.leakscan;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Bytes that must not be found, such as auth keys and saved sessions: neither whole nor any twelve of them in a row, in
 * whatever way they are written down ({@link Encodings}). Only pieces count that look like chance; zeros and words stand everywhere.
 */
public final class SecretBytes {
    private static final int PIECE = Long.BYTES;
    /** So many pieces, each a byte further, are a find. */
    private static final int IN_A_ROW = 5;

    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int HIGH_BITS_AT_LEAST = 2;
    private static final int DIFFERENT_AT_LEAST = 6;

    private final Map<Long, String> kindByPiece = new HashMap<>();

    /** Adds bytes that must not be found. @return this */
    public SecretBytes with(String kind, byte[] secret) {
        for (int at = 0; at + PIECE <= secret.length; at++) {
            if (different(secret, at) >= DIFFERENT_AT_LEAST) {
                kindByPiece.putIfAbsent(piece(secret, at), kind);
            }
        }
        return this;
    }

    /** The kinds of secrets of which a part stands in the content. */
    public Set<String> kindsIn(byte[] content) {
        Set<String> kinds = new TreeSet<>();
        if (!kindByPiece.isEmpty()) {
            Encodings.each(content, bytes -> look(bytes, kinds));
        }
        return kinds;
    }

    private void look(byte[] bytes, Set<String> kinds) {
        int inARow = 0;
        long piece = 0;
        for (int at = 0; at < bytes.length; at++) {
            piece = (piece << Byte.SIZE) | (bytes[at] & 0xff);
            // Nearly all of a log ends here.
            String kind = at >= PIECE - 1 && Long.bitCount(piece & HIGH_BITS) >= HIGH_BITS_AT_LEAST
                    ? kindByPiece.get(piece)
                    : null;
            inARow = kind == null ? 0 : inARow + 1;
            if (inARow == IN_A_ROW) {
                kinds.add(kind);
            }
        }
    }

    private static long piece(byte[] bytes, int from) {
        long piece = 0;
        for (int at = from; at < from + PIECE; at++) {
            piece = (piece << Byte.SIZE) | (bytes[at] & 0xff);
        }
        return piece;
    }

    private static long different(byte[] bytes, int from) {
        Set<Byte> seen = new TreeSet<>();
        for (int at = from; at < from + PIECE; at++) {
            seen.add(bytes[at]);
        }
        return seen.size();
    }

    @Override
    public String toString() {
        return "SecretBytes[" + kindByPiece.size() + " pieces]";
    }
}
