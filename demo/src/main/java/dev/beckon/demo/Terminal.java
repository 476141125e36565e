package dev.beckon.demo;

import java.io.Console;
import java.util.Optional;

/** Whether a person looks on. */
public final class Terminal {
    private Terminal() {}

    /** Whether both input and output are a terminal: only then colours and redrawing make sense. */
    public static boolean isThere() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
