package dev.beckon.ledger.parser;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * The digest of the lines that one process has written of a run, so that the run's end need not read and decrypt them all again. It tells
 * nothing unless that process wrote every one of them: who goes on after a kill, or heard no answer to a commit, reads. For one thread at a
 * time.
 */
public final class WrittenLines {
    private final MessageDigest digest = sha256();
    private boolean whole;
    private long rows;

    /** @param begun where the run stood when this process began with it */
    public WrittenLines(Dataset begun) {
        this.whole =
                begun.position() == 0 && begun.people() == 0 && begun.counts().scanned() == 0;
    }

    /** Of pages that nobody counts together. */
    static WrittenLines unknown(Dataset begun) {
        WrittenLines lines = new WrittenLines(begun);
        lines.missed();
        return lines;
    }

    /** A page was committed with these lines. */
    void add(List<byte[]> lines) {
        lines.forEach(line -> add(digest, line));
        rows += lines.size();
    }

    /** It is not certain what was written: from now on nothing is told. */
    void missed() {
        whole = false;
    }

    /**
     * The digest of a dataset's NDJSON export, if it has these lines and no others. Nobody else writes rows of a run, and who is erased is
     * taken off the dataset's people: as many as were written are those that were written.
     */
    Optional<byte[]> digestOf(Dataset stands) {
        return whole && rows == stands.people() ? Optional.of(copy().digest()) : Optional.empty();
    }

    private MessageDigest copy() {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be copied", e);
        }
    }

    static void add(MessageDigest digest, byte[] line) {
        digest.update(line);
        digest.update((byte) '\n');
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
