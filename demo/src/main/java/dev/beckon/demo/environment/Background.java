package dev.beckon.demo.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a server that outlives this JVM: in a session of its own, so that neither Ctrl-C nor a closed terminal ends it. */
final class Background {
    private Background() {}

    /** The server's output is appended to {@code log}; {@code record} is written before this returns. */
    static ProcessHandle start(List<String> command, Path log, ProcessRecord record) {
        Interruption.check();
        try {
            Files.createDirectories(log.getParent());
            List<String> inOwnSession = new ArrayList<>(List.of("setsid"));
            inOwnSession.addAll(command);
            ProcessHandle process = new ProcessBuilder(inOwnSession)
                    .directory(log.getParent().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start()
                    .toHandle();
            record.write(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
