package dev.beckon.demo.chaos;

import dev.beckon.demo.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** One line that tells how far a run is: rewritten on a terminal, a new one every quarter of a minute elsewhere. */
final class ProgressLine implements AutoCloseable {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(15);

    private final int planned;
    private final PrintStream out;
    private final boolean terminal;
    private Instant last = Instant.MIN;

    /** @param planned how many faults the plan holds */
    ProgressLine(int planned) {
        this(planned, System.out, Terminal.isThere());
    }

    /** For a text to be shown later. */
    ProgressLine(int planned, PrintStream out) {
        this(planned, out, false);
    }

    private ProgressLine(int planned, PrintStream out, boolean terminal) {
        this.planned = planned;
        this.out = out;
        this.terminal = terminal;
    }

    void show(int faults, int calls, Instant start) {
        Instant now = Instant.now();
        String text = "  %3d of %d faults, %d calls to Telegram, %d s"
                .formatted(faults, planned, calls, Duration.between(start, now).toSeconds());
        if (terminal) {
            out.print("\r" + text + "\u001b[K");
            out.flush();
        } else if (last.equals(Instant.MIN) || Duration.between(last, now).compareTo(BETWEEN_LINES) >= 0) {
            out.println(text);
            last = now;
        }
    }

    @Override
    public void close() {
        if (terminal) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
