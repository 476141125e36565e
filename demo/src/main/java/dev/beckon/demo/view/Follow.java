package dev.beckon.demo.view;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads a program that goes on printing, {@code kubectl get -w} for one, line by line until it is closed. A watch that
 * ends by itself (the API server was restarted) is started again.
 */
public final class Follow implements AutoCloseable {
    private final ProcessBuilder program;
    private final Consumer<String> lines;
    private final Thread reader;
    private volatile boolean closed;
    private volatile Process process;

    private Follow(ProcessBuilder program, Consumer<String> lines) {
        this.program = program.redirectError(ProcessBuilder.Redirect.DISCARD);
        this.lines = lines;
        this.reader = Thread.ofVirtual().name("follow").unstarted(this::read);
    }

    /** Starts the program; {@code lines} is called for each line, from one thread. */
    public static Follow start(ProcessBuilder program, Consumer<String> lines) {
        Follow follow = new Follow(program, lines);
        follow.reader.start();
        return follow;
    }

    private void read() {
        while (!closed) {
            try {
                process = program.start();
                if (closed) {
                    // Closed while it was being started: nobody else ends it.
                    process.destroy();
                }
                try (var output =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                    output.lines().forEach(lines);
                }
            } catch (IOException e) {
                throw new IllegalStateException(
                        "can't follow " + program.command().getFirst(), e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        Process running = process;
        if (running != null) {
            running.destroy();
        }
    }
}
