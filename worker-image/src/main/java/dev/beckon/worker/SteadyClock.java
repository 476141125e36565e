package dev.beckon.worker;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The node's clock as it was when this process began, going on by one that nobody can set. {@link ClockCheck} looks at it once, at
 * the start: a node's clock that is set afterwards would make a day's quota, a quiet night or a flood wait pass in a moment.
 */
public final class SteadyClock implements InstantSource {
    private final Instant begun;
    private final LongSupplier nanos;
    private final long begunNanos;

    /**
     * @param node what the node's clock says now; it is not asked again
     * @param nanos of a clock that never jumps and goes on while the machine sleeps, such as {@code CLOCK_BOOTTIME}
     */
    public SteadyClock(InstantSource node, LongSupplier nanos) {
        this.nanos = nanos;
        this.begunNanos = nanos.getAsLong();
        this.begun = node.instant();
    }

    @Override
    public Instant instant() {
        return begun.plusNanos(nanos.getAsLong() - begunNanos);
    }
}
