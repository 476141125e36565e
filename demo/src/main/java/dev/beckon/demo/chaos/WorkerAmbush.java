package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Sabotage.Kind;
import dev.beckon.ledger.accounts.Priority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Has one worker at a time end by itself at a named step: in turn the first that passes it, one that publishes and one that parses, as
 * long as there is something for these to do.
 */
final class WorkerAmbush {
    private static final int LATEST_IN_CALL = 500;

    private final StepJournal journal;
    private final Path file;
    private int laid;

    /** @param file where the test build of the worker looks for what is to happen to it */
    WorkerAmbush(StepJournal journal, Path file) {
        this.journal = journal;
        this.file = file;
    }

    /** Whom it waits for. */
    enum Prey {
        ANYBODY("worker", "", Priority.Invite),
        PUBLISHER("worker that publishes", Kinds.Schedule.SUFFIX + "-", Priority.Publish),
        PARSER("worker that parses", Kinds.Parser.SUFFIX + "-", Priority.Parse);

        private final String words;
        private final String whose;
        private final Priority kind;

        /** @param whose what the names of their pods hold */
        Prey(String words, String whose, Priority kind) {
            this.words = words;
            this.whose = whose;
            this.kind = kind;
        }

        /**
         * In turn; anybody in place of who never comes any more.
         *
         * @param turn 0 for the first
         * @param left kinds that have something left to do
         */
        static Prey of(int turn, Set<Priority> left) {
            Prey next = values()[turn % values().length];
            return left.contains(next.kind) ? next : ANYBODY;
        }

        private List<String> steps() {
            return switch (this) {
                case ANYBODY -> FaultPlan.BUSY;
                case PUBLISHER -> KindPlan.BUSY_PUBLISH;
                case PARSER -> KindPlan.BUSY_PARSE;
            };
        }

        Ambush ambush(int pick) {
            List<String> steps = steps();
            String step = steps.get(pick % steps.size());
            Duration delay = step.equals("in-call") ? Duration.ofMillis(pick % LATEST_IN_CALL) : Duration.ZERO;
            return new Ambush(new Sabotage(step, 1, Kind.KILL, delay), whose);
        }

        private boolean isGone(WorkLeft left) {
            return this == ANYBODY ? left.none() : !left.has(kind);
        }
    }

    /** Waits until it has happened and tells what did; empty when nobody came. */
    Optional<String> happen(WholeFault fault, WorkLeft left) throws InterruptedException {
        Prey prey = Prey.of(laid++, left.kinds().get());
        Ambush ambush = prey.ambush(fault.pick());
        int before = journal.firedSteps().size();
        write(ambush);
        try {
            if (prey == Prey.PARSER) {
                left.parserNow().run();
            }
            return Patience.until(
                    () -> prey.isGone(left),
                    () -> journal.firedSteps().size() > before
                            ? Optional.of(prey.words + ", " + ambush.what().words())
                            : Optional.empty());
        } finally {
            forget();
        }
    }

    /** The journal tells that it happened: it is for one worker only. */
    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Ambush ambush) {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, ambush.encoded());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
