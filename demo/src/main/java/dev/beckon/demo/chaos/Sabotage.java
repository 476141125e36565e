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
        /** SIGTERM, as by Kubernetes: it ends by itself within 30 s, with its session saved. */
        TERM,
        /** SIGSTOP, as by a hypervisor that pauses the machine; a successor is started meanwhile. */
        FREEZE,
        /** A second worker for the same account is started beside it, as by an operator gone wrong. */
        TWIN
    }

    static Sabotage kill(String step) {
        return kill(step, 1);
    }

    static Sabotage kill(String step, int nth) {
        return new Sabotage(step, nth, Kind.KILL, Duration.ZERO);
    }

    /** Whether a second worker is started beside the first. */
    boolean needsSecond() {
        return kind == Kind.FREEZE || kind == Kind.TWIN;
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
