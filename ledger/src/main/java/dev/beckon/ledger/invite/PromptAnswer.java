package dev.beckon.ledger.invite;

import dev.beckon.ledger.people.Consent;
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

    /**
     * When the person asked, if that was just now: whose consent is older, or tells no moment, may well sleep.
     *
     * @param consent of an event; one that does not say when was given with it
     * @param receivedAt when the event came
     */
    public static Optional<Instant> askedAt(Consent consent, Instant receivedAt) {
        if (consent.basis() != Consent.Basis.OptIn) {
            return Optional.empty();
        }
        return consent.at().isEmpty()
                ? Optional.of(receivedAt)
                : consent.moment()
                        // A caller's clock may be ahead; one that is as far ahead as this says nothing.
                        .filter(at -> !at.isBefore(since(receivedAt)) && !at.isAfter(receivedAt.plus(WITHIN)))
                        .map(at -> at.isAfter(receivedAt) ? receivedAt : at);
    }

    /** @param askedAt when the person came by webhook; empty for whom a list named */
    public static boolean isDue(Optional<Instant> askedAt, Instant now) {
        return askedAt.filter(at -> !at.isBefore(since(now))).isPresent();
    }
}
