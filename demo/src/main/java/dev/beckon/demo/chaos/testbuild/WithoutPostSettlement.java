package dev.beckon.demo.chaos.testbuild;

import dev.beckon.ledger.content.PublishOutcome;
import java.time.Instant;
import java.util.Optional;

/** A post that a dead process left open is taken for not sent, and sent again. */
public final class WithoutPostSettlement {
    private WithoutPostSettlement() {}

    /** For what a chat's history shows. */
    public static Optional<PublishOutcome> found() {
        return Optional.empty();
    }

    /** For what its event log shows. */
    public static PublishOutcome missing() {
        return new PublishOutcome.NotSent(Instant.now());
    }
}
