package dev.beckon.demo.chaos.testbuild;

import dev.beckon.demo.chaos.Ambush;
import dev.beckon.demo.chaos.Sabotage;
import dev.beckon.demo.chaos.StepJournal;
import dev.beckon.worker.KillPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Writes every step a worker passes to the run's journal, and does to the process what the run has in mind for it. */
public final class StepTrap implements KillPoint.Trap {
    /** The journal's path. Without it the trap does nothing. */
    public static final String JOURNAL = "BECKON_CHAOS_JOURNAL";
    /** Who this process is, in the journal. */
    public static final String RUN = "BECKON_CHAOS_RUN";
    /** {@link Sabotage#encoded}. */
    public static final String SABOTAGE = "BECKON_CHAOS_SABOTAGE";

    /**
     * Path of a file that may come and go, with an {@link Ambush#encoded} for whichever of the workers that it is for passes its step
     * first. The run removes it when the journal tells that it happened.
     */
    public static final String FOR_ANYBODY = "BECKON_CHAOS_FOR_ANYBODY";

    private final Optional<StepJournal> journal =
            Optional.ofNullable(System.getenv(JOURNAL)).map(Path::of).map(StepJournal::new);
    private final String run = Optional.ofNullable(System.getenv(RUN)).orElse("");
    private final Optional<Sabotage> sabotage = Sabotage.decoded(System.getenv(SABOTAGE));
    private final Optional<Path> forAnybody =
            Optional.ofNullable(System.getenv(FOR_ANYBODY)).map(Path::of);
    private int passed;

    @Override
    public synchronized void at(KillPoint step) {
        if (journal.isEmpty()) {
            return;
        }
        journal.get().passed(run, step.label());
        if (sabotage.isPresent()
                && sabotage.get().step().equals(step.label())
                && ++passed == sabotage.get().nth()) {
            fire(sabotage.get());
        }
        forAnybody
                .flatMap(StepTrap::read)
                .filter(it -> it.isFor(run, step.label()))
                .map(Ambush::what)
                .ifPresent(this::fire);
    }

    private static Optional<Ambush> read(Path file) {
        try {
            return Ambush.decoded(Files.readString(file));
        } catch (NoSuchFileException nothingPlanned) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fire(Sabotage what) {
        journal.orElseThrow().fired(run, what.step());
        switch (what.kind()) {
            case KILL -> after(what, Signal::kill);
            case TERM -> after(what, Signal::terminate);
            case FREEZE -> Signal.stop();
            case TWIN -> {
                // The run starts the second process when it reads the journal's line.
            }
        }
    }

    private static void after(Sabotage what, Runnable signal) {
        if (what.delay().isZero()) {
            signal.run();
            return;
        }
        Thread.ofPlatform().daemon().start(() -> {
            sleep(what);
            signal.run();
        });
    }

    private static void sleep(Sabotage what) {
        try {
            Thread.sleep(what.delay());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
