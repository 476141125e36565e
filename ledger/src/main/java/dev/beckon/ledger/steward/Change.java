package dev.beckon.ledger.steward;

import java.time.Instant;

/**
 * A line of the audit.
 *
 * @param at when the list was changed, which for a restored entry is not when it came to be
 */
public record Change(Instant at, Action action, Suppressed entry, Decision decision) {
    /** What was done. */
    public enum Action {
        Added,
        Removed,
        Restored
    }
}
