package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Kinds.Parser;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Has parsers come one after the other while campaigns are at work, so that these have to give their accounts up. */
final class LateParsers {
    /** Each attempt is a process. */
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final List<Parser> parsers;
    private final int calls;
    private final StepJournal journal;
    private final Consumer<Parser> apply;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger wanted = new AtomicInteger();

    /**
     * @param calls how many calls to Telegram the run makes at least: the last parser comes before the second half of them
     * @param apply throws an IllegalStateException while the API server is away
     */
    LateParsers(List<Parser> parsers, int calls, StepJournal journal, Consumer<Parser> apply) {
        this.parsers = parsers;
        this.calls = calls;
        this.journal = journal;
        this.apply = apply;
    }

    /** The next one comes now instead of later, if there is one. */
    void now() {
        wanted.set(begun.get() + 1);
    }

    /** Until all have come. */
    void happen(BooleanSupplier over) throws InterruptedException {
        for (int i = 0; i < parsers.size(); i++) {
            int due = calls * (i + 1) / (parsers.size() + 2);
            while (journal.calls() < due && wanted.get() <= i && !over.getAsBoolean()) {
                Thread.sleep(Patience.LOOK);
            }
            while (!over.getAsBoolean() && !applied(parsers.get(i))) {
                Thread.sleep(AGAIN);
            }
            begun.incrementAndGet();
        }
    }

    private boolean applied(Parser parser) {
        try {
            apply.accept(parser);
            return true;
        } catch (IllegalStateException away) {
            // The API server was killed on purpose. A second attempt at what came through changes nothing.
            return false;
        }
    }
}
