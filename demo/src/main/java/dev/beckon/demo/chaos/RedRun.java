package dev.beckon.demo.chaos;

import dev.beckon.demo.environment.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of a run that was not green, or came to no end, is kept beside the next one's: a seed gives the same plan again, not the same instants, so
 * its logs are all there is to find out why.
 */
final class RedRun {
    private static final String NOT_GREEN = "not-green";

    private RedRun() {}

    /**
     * Puts the folder of the last run aside unless that was green; an older one that was put aside is removed.
     *
     * @param stop ends what that run may have left running
     */
    static void keep(Path state, Runnable stop) {
        if (!Files.exists(state.resolve(NOT_GREEN))) {
            return;
        }
        stop.run();
        Path kept = kept(state);
        Trees.delete(kept);
        try {
            Files.move(state, kept);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the last run, " + state + ", can't be put aside", e);
        }
        System.out.println("The last run here was not green: its folder is " + kept + " now.");
    }

    /** From here on a run is not green unless {@link #forget} says so. */
    static void begin(Path state) {
        try {
            Files.writeString(state.resolve(NOT_GREEN), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The run was green. */
    static void forget(Path state) {
        Trees.delete(state.resolve(NOT_GREEN));
    }

    static Path kept(Path state) {
        return state.resolveSibling(state.getFileName() + "-not-green");
    }
}
