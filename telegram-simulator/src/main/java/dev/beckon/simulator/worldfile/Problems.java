package dev.beckon.simulator.worldfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was found wrong so far; all of it is told at once, up to a bound. */
final class Problems {
    private static final int MAX = 20;
    private final String file;
    private final YamlTree tree;
    private final List<WorldFileException.Problem> found = new ArrayList<>();

    Problems(String file, YamlTree tree) {
        this.file = file;
        this.tree = tree;
    }

    void add(String path, String what) {
        if (found.size() < MAX) {
            found.add(new WorldFileException.Problem(tree.line(path), path, what));
        }
    }

    /** A needed field, or a stand-in when it is missing, which is then a problem. */
    <T> T needed(Optional<T> value, String path, T standIn) {
        if (value.isEmpty()) {
            add(path, "is missing and needed");
        }
        return value.orElse(standIn);
    }

    int within(int value, int min, int max, String path) {
        if (value < min || value > max) {
            add(path, value + " is out of bounds: " + min + " to " + max);
        }
        return value;
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new WorldFileException(file, found);
        }
    }
}
