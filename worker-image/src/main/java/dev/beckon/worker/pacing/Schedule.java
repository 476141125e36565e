package dev.beckon.worker.pacing;

import java.time.Instant;
import java.util.Optional;

/** When an account may act next: the pause after its last act, Telegram's waits and the limits it ran into, the window. */
public final class Schedule {
    private final ContactWindow window;
    private Wait pause = new Wait(Instant.MIN, WaitingFor.Pause);
    private Wait rest = new Wait(Instant.MIN, WaitingFor.Pause);
    private Wait silence = new Wait(Instant.MIN, WaitingFor.FloodWait);

    public Schedule(ContactWindow window) {
        this.window = window;
    }

    /** The next person no earlier than then. */
    public void pauseUntil(Instant until) {
        pause = new Wait(until, WaitingFor.Pause);
    }

    /** Nobody before this is over; of several waits the longest binds. */
    public void rest(Wait wait) {
        rest = rest.and(wait);
        if (wait.why() == WaitingFor.FloodWait) {
            silence = silence.and(wait);
        }
    }

    /** The earliest next act, now or later, always within the window. */
    public Wait earliest(Instant now) {
        return atAnyHour(now).within(window);
    }

    /** The same without regard to the window: only for who just asked for an answer, see {@link #opening}. */
    public Wait atAnyHour(Instant now) {
        return new Wait(now, WaitingFor.Pause).and(pause).and(rest);
    }

    /** When the window opens; empty while it is open. */
    public Optional<Instant> opening(Instant now) {
        return Optional.of(window.nextOpening(now)).filter(now::isBefore);
    }

    /**
     * When Telegram may be asked about an open act that is due at the given time: nobody is contacted by that, so at any hour,
     * but not while Telegram wants no request of the account.
     */
    public Wait settlement(Wait due) {
        return due.and(silence);
    }

    /** When a person who is due at the given time may be contacted. */
    public Wait earliest(Instant now, Wait due) {
        return earliest(now).and(due).within(window);
    }
}
