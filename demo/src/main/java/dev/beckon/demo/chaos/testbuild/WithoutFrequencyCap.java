package dev.beckon.demo.chaos.testbuild;

import java.time.Instant;
import java.util.Optional;

/** Whoever was contacted yesterday may be contacted today. */
public final class WithoutFrequencyCap {
    private WithoutFrequencyCap() {}

    /** For the time of the next contact. */
    public static Optional<Instant> nextAllowed() {
        return Optional.empty();
    }
}
