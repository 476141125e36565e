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
    static final String GATEWAY = "beckon/gateway:dev";

    /** With which a person fetches a file out of a pod: the machine's own shell and its tools. */
    static final String TOOLS = "busybox:1.37";

    private static final int WORKER_USER = 65532;

    private Images() {}

    /** The released worker. */
    static Variant.Program released(Programs programs, SimulatorProcess telegram) {
        return new Variant.Program(
                programs.workerCommand(),
                Map.of("BECKON_TDLIB_LIBRARY", telegram.library(), "BECKON_TELEGRAM_PROXY", telegram.proxy()),
                List.of(programs.worker(), Path.of(telegram.library())));
    }

    /** Writes the table; JSON is YAML. */
    static void write(Path file, Programs programs, Variant.Program workerProgram) {
        Map<String, Object> worker = Map.of(
                "command",
                workerProgram.command(),
                "env",
                workerProgram.environment(),
                "files",
                absolute(workerProgram.files()),
                "user", // as the image says: the pods ask for runAsNonRoot
                WORKER_USER);
        Map<String, Object> operator = server(programs.operatorCommand(), programs.operator());
        Map<String, Object> gateway = server(programs.gatewayCommand(), programs.gateway());
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    new JsonMapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(Map.of(
                                    "images",
                                    Map.of(
                                            WORKER,
                                            worker,
                                            OPERATOR,
                                            operator,
                                            GATEWAY,
                                            gateway,
                                            TOOLS,
                                            Map.of("command", List.of("/bin/sh"))))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> server(List<String> command, Path app) {
        return Map.of("command", command, "workingDir", app.toString(), "files", absolute(List.of(app)));
    }

    private static List<String> absolute(List<Path> files) {
        return files.stream()
                .map(file -> file.toAbsolutePath().normalize().toString())
                .toList();
    }
}
