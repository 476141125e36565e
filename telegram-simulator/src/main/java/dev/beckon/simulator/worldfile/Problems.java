package dev.beckon.simulator.worldfile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What was found wrong so far; all of it is told at once, in the order of its lines and up to a bound. */
final class Problems {
    /** More than anybody mends before the next look. */
    static final int MAX = 100;

    private final String file;
    private final YamlTree tree;
    private final List<WorldFileException.Problem> found;
    private final Set<String> unread = new HashSet<>();
    private final Set<String> unreadNames = new HashSet<>();

    Problems(String file, YamlTree tree) {
        this.file = file;
        this.tree = tree;
        this.found = new ArrayList<>(tree.problems());
    }

    /** Nothing more is told of a value that could not be read: what follows from its absence is no mistake of its own. */
    void add(String path, String what) {
        if (!unread.contains(path)) {
            found.add(new WorldFileException.Problem(tree.line(path), path, what));
        }
    }

    /**
     * A value that does not fit its place, and is left out of what is read on.
     *
     * @param names what its entry may be called: who refers to it makes no mistake
     */
    void unread(String path, String what, Collection<String> names) {
        add(path, what);
        unread.add(path);
        names.forEach(name -> unreadNames.add(kind(path) + bare(name)));
    }

    /**
     * Whether a name, also {@code guest*}, {@code guest[1..500]} or {@code guest7}, may be of an entry that could not be read whole.
     *
     * @param kind {@code people} or {@code chats}
     */
    boolean mayBeUnread(String kind, String name) {
        return unreadNames.contains(kind + bare(name))
                || unreadNames.contains(kind + bare(name.replaceFirst("(\\*|\\[.*|\\d+)$", "")));
    }

    private static String kind(String path) {
        return path.replaceFirst("[.\\[].*", "");
    }

    private static String bare(String name) {
        return (name.startsWith("@") ? name.substring(1) : name).toLowerCase(Locale.ROOT);
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

    boolean isFull() {
        return found.size() >= MAX;
    }

    void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        List<WorldFileException.Problem> told = new ArrayList<>(found.stream()
                .sorted(Comparator.comparingInt(WorldFileException.Problem::line))
                .limit(MAX)
                .toList());
        if (found.size() > MAX) {
            told.add(new WorldFileException.Problem(0, "", (found.size() - MAX) + " more mistakes are not shown"));
        }
        throw new WorldFileException(file, told);
    }
}
