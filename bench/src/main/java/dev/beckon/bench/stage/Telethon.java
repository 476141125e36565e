package dev.beckon.bench.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The old way: scripts on Telethon, in {@code bench/peers}. */
public final class Telethon {
    private final Path checkout;
    private final String python;

    /**
     * Makes its virtual environment when there is none yet.
     *
     * @param checkout the checkout whose build runs
     */
    public Telethon(Path checkout) {
        this.checkout = checkout;
        this.python = python(checkout);
    }

    /** A script that is ready to start; its errors come to ours. */
    public ProcessBuilder script(String name, List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>(
                List.of(python, checkout.resolve("bench/peers").resolve(name).toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        builder.environment()
                .put(
                        "PYTHONPATH",
                        checkout.resolve("telegram-simulator/telethon").toString());
        return builder;
    }

    private static String python(Path checkout) {
        try {
            Process fetch = new ProcessBuilder(checkout.resolve("telegram-simulator/scripts/fetch-telethon")
                            .toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new String(fetch.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
