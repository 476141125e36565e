package dev.beckon.demo.chaos;

import java.time.Duration;
import java.util.Optional;

/**
 * What happens to one worker process: at the {@code nth} passing of a step, and {@code delay} after it, it is killed, or
 * stopped for as long as nobody wakes it.
 *
 * @param step the label of a {@link dev.beckon.worker.KillPoint}
 * @param nth 1 for the first passing
 */
public record Sabotage(String step, int nth, Kind kind, Duration delay) {
    /** What is done to the process. */
    public enum Kind {
        /** SIGKILL. */
        KILL,
        /** SIGSTOP, as by a hypervisor that pauses the machine; a successor is started meanwhile. */
        FREEZE,
        /** A second worker for the same account is started beside it, as by an operator gone wrong. */
        TWIN
    }

    static Sabotage kill(String step) {
        return new Sabotage(step, 1, Kind.KILL, Duration.ZERO);
    }

    /** For the environment of the worker process. */
    public String encoded() {
        return step + ":" + nth + ":" + kind + ":" + delay.toMillis();
    }

    /** The inverse of {@link #encoded}; empty for an empty or absent text. */
    public static Optional<Sabotage> decoded(String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = text.split(":");
        return Optional.of(new Sabotage(
                parts[0],
                Integer.parseInt(parts[1]),
                Kind.valueOf(parts[2]),
                Duration.ofMillis(Long.parseLong(parts[3]))));
    }

    /** For a person: {@code kill at in-call #2 +130 ms}. */
    String words() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + " at " + step + (nth > 1 ? " #" + nth : "")
                + (delay.isZero() ? "" : " +" + delay.toMillis() + " ms");
    }
}
