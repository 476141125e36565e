package dev.beckon.worker.stage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock of a node, which its administrator may set. */
public final class NodeClock implements InstantSource {
    private final InstantSource right;
    private volatile Duration off = Duration.ZERO;

    NodeClock(InstantSource right) {
        this.right = right;
    }

    /** Somebody sets it, forward or back, so that it is off by this much. */
    public NodeClock off(Duration by) {
        off = by;
        return this;
    }

    @Override
    public Instant instant() {
        return right.instant().plus(off);
    }
}
