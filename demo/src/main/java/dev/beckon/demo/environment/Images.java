package dev.beckon.demo.environment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The table that tells the node which program of this machine an image name stands for. */
final class Images {
    static final String WORKER = "beckon/worker:dev";
    static final String OPERATOR = "beckon/operator:dev";

    private static final int WORKER_USER = 65532;

    private Images() {}

    /** Writes the table; JSON is YAML. */
    static void write(Path file, Programs programs, SimulatorProcess telegram) {
        Map<String, Object> worker = Map.of(
                "command",
                List.of(
                        JavaProgram.executable(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        // The drawing of a QR code is made of characters beyond ASCII.
                        "-Dstdout.encoding=UTF-8",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        programs.worker() + "/lib/*",
                        "dev.beckon.worker.Worker"),
                "env",
                Map.of("BECKON_TDLIB_LIBRARY", telegram.library(), "BECKON_TELEGRAM_PROXY", telegram.proxy()),
                "user", // as the image says: the pods ask for runAsNonRoot
                WORKER_USER);
        Map<String, Object> operator = Map.of(
                "command",
                List.of(JavaProgram.executable(), "-XX:+UseSerialGC", "-Xmx192m", "-jar", "quarkus-run.jar"),
                "workingDir",
                programs.operator().toString());
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    new JsonMapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(Map.of("images", Map.of(WORKER, worker, OPERATOR, operator))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
