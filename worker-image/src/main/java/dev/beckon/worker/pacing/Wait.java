package dev.beckon.worker.pacing;

import java.time.Instant;

/** A time before which nothing may be done, and why. */
public record Wait(Instant until, WaitingFor why) {
    /** Both bind: the later one is what is waited for. */
    public Wait and(Wait other) {
        return other.until.isAfter(until) ? other : this;
    }

    /** Either may happen first: the earlier one is what is waited for. */
    public Wait or(Wait other) {
        return other.until.isBefore(until) ? other : this;
    }

    /** The same wait moved to the window's next opening, when it ends outside. */
    public Wait within(ContactWindow window) {
        Instant opening = window.nextOpening(until);
        return opening.equals(until) ? this : new Wait(opening, WaitingFor.QuietHours);
    }
}
