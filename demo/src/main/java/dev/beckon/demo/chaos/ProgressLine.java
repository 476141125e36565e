package dev.beckon.demo.chaos;

import dev.beckon.demo.Terminal;
import java.time.Duration;
import java.time.Instant;

/** One line that tells how far a run is: rewritten on a terminal, a new one every quarter of a minute elsewhere. */
final class ProgressLine implements AutoCloseable {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(15);

    private final int planned;
    private final boolean terminal = Terminal.isThere();
    private Instant last = Instant.MIN;

    /** @param planned how many faults the plan holds */
    ProgressLine(int planned) {
        this.planned = planned;
    }

    void show(int faults, int calls, Instant start) {
        Instant now = Instant.now();
        String text = "  %3d of %d faults, %d calls to Telegram, %d s"
                .formatted(faults, planned, calls, Duration.between(start, now).toSeconds());
        if (terminal) {
            System.out.print("\r" + text + "\u001b[K");
            System.out.flush();
        } else if (last.equals(Instant.MIN) || Duration.between(last, now).compareTo(BETWEEN_LINES) >= 0) {
            System.out.println(text);
            last = now;
        }
    }

    @Override
    public void close() {
        if (terminal) {
            System.out.print("\r\u001b[K");
            System.out.flush();
        }
    }
}
