package dev.beckon.ledger.invite;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One contact in 7 days, three in 90, to one person over all campaigns. No setting changes it. */
public final class FrequencyCap {
    /** Between two contacts. */
    public static final Duration SHORT = Duration.ofDays(7);
    /** In which there are at most {@link #MOST}. */
    public static final Duration LONG = Duration.ofDays(90);
    /** Contacts within {@link #LONG}. */
    public static final int MOST = 3;

    private FrequencyCap() {}

    /**
     * When the next contact is allowed.
     *
     * @param contacts when earlier contacts happened, in any order
     * @return empty when it is allowed now
     */
    public static Optional<Instant> nextAllowed(Collection<Instant> contacts, Instant now) {
        List<Instant> newestFirst =
                contacts.stream().sorted((a, b) -> b.compareTo(a)).toList();
        if (newestFirst.isEmpty()) {
            return Optional.empty();
        }
        Instant allowed = newestFirst.getFirst().plus(SHORT);
        if (newestFirst.size() >= MOST) {
            Instant thirdLeaves = newestFirst.get(MOST - 1).plus(LONG);
            allowed = allowed.isAfter(thirdLeaves) ? allowed : thirdLeaves;
        }
        return allowed.isAfter(now) ? Optional.of(allowed) : Optional.empty();
    }
}
