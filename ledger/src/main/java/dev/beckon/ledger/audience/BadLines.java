package dev.beckon.ledger.audience;

import java.util.List;

/**
 * The lines of the newest import that can't be read: by number and sentence, nothing of what they hold.
 *
 * @param total of the whole import
 * @param first the first of them, at most {@link #MOST}
 */
public record BadLines(long total, List<BadLine> first) {
    /** Enough to see what is wrong with a file; all of them are in the log of outcomes. */
    public static final int MOST = 20;

    /** @param number counts from 1, as an editor does */
    public record BadLine(long number, String problem) {}
}
