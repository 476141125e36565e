package dev.beckon.demo.chaos.testbuild;

import dev.beckon.ledger.invite.Settlement;
import java.time.Instant;

/** What a dead process left open is taken for not done, and done again. */
public final class WithoutSettlement {
    private WithoutSettlement() {}

    /** For an open invitation. */
    public static Settlement invite() {
        return again();
    }

    /** For an open message. */
    public static Settlement message() {
        return again();
    }

    private static Settlement again() {
        return Settlement.reverted("NotDone", Instant.now());
    }
}
