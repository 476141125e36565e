package dev.beckon.simulator.worldfile;

import java.util.List;
import java.util.stream.Collectors;

/** A world file that can't be used; the message names every problem with its line, its field and how to mend it. */
public final class WorldFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WorldFileException(String file, List<Problem> problems) {
        super(problems.stream().map(p -> p.sentence(file)).collect(Collectors.joining("\n")));
    }

    /**
     * One thing wrong.
     *
     * @param line 1 for the first line; 0 when unknown
     * @param path such as {@code people[3].phone}; empty for the whole file
     */
    record Problem(int line, String path, String what) {
        String sentence(String file) {
            return file + (line > 0 ? ":" + line : "") + ": " + (path.isEmpty() ? "" : path + ": ") + what;
        }
    }
}
