package dev.beckon.simulator.mtproto.session;

import java.time.Instant;
import java.time.InstantSource;

/** The server's message ids of one session: the time in 2^-32 seconds, ever growing, its two lower bits telling the kind. */
final class MessageIds {
    private final InstantSource clock;
    private long last;

    MessageIds(InstantSource clock) {
        this.clock = clock;
    }

    /** An id for what answers a client's message. */
    long response() {
        return next() | 1;
    }

    /** An id for what the server says of itself. */
    long other() {
        return next() | 3;
    }

    private long next() {
        last = Math.max(at(clock.instant()), last + 4);
        return last;
    }

    static long at(Instant instant) {
        long fraction = ((long) instant.getNano() << 32) / 1_000_000_000L;
        return (instant.getEpochSecond() << 32 | fraction) & ~3L;
    }
}
