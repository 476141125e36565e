package dev.beckon.demo;

import dev.beckon.demo.environment.Interruption;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Says on the terminal what is being done and how long it took: one line a step. */
public final class Progress {
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String RESET = "\u001b[0m";

    private final PrintStream out;
    private final boolean coloured;

    /** For the terminal, or whatever is in its place. */
    public Progress() {
        this(System.out, Terminal.isThere());
    }

    /** For a text to be shown later. */
    public Progress(PrintStream out) {
        this(out, false);
    }

    private Progress(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** Does a step and tells its time; a failure is shown and passed on. */
    public void step(String name, Runnable work) {
        Instant start = Instant.now();
        if (coloured) {
            out.print("  … " + name);
            out.flush();
        }
        try {
            Interruption.check();
            work.run();
        } catch (Interruption.Stopped e) {
            out.print(coloured ? "\r\u001b[K" : "");
            throw e;
        } catch (RuntimeException e) {
            line(RED, "✗", name, start);
            throw e;
        }
        line(GREEN, "✓", name, start);
    }

    /** One line as it is, without mark or time. */
    public void say(String text) {
        out.println(text);
    }

    private void line(String colour, String mark, String name, Instant start) {
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        String text = "%s  %.1f s".formatted(name, seconds);
        out.println(coloured ? "\r  " + colour + mark + RESET + " " + text + "\u001b[K" : "  " + mark + " " + text);
    }
}
