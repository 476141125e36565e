package dev.beckon.ledger.invite;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Who asked by webhook may be answered within 15 minutes at any hour: they are awake. No setting changes it. */
public final class PromptAnswer {
    public static final Duration WITHIN = Duration.ofMinutes(15);

    private PromptAnswer() {}

    /** Whoever came before this is answered within the contact window only. */
    public static Instant since(Instant now) {
        return now.minus(WITHIN);
    }

    /** @param askedAt when the person came by webhook; empty for whom a list named */
    public static boolean isDue(Optional<Instant> askedAt, Instant now) {
        return askedAt.filter(at -> !at.isBefore(since(now))).isPresent();
    }
}
