package dev.beckon.bench.stage;

import dev.beckon.demo.Beckon;
import dev.beckon.demo.environment.Ports;
import dev.beckon.ledger.LedgerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The built gateway, started as its image starts it. */
public final class GatewayProcess implements AutoCloseable {
    private final Started started;
    private final int port;

    private GatewayProcess(Started started, int port) {
        this.started = started;
        this.port = port;
    }

    /**
     * Starts one; it is ready when its doors are known.
     *
     * @param keys the file with the installation's keys
     * @param log where it writes
     */
    public static GatewayProcess start(LedgerConfig ledger, Path keys, Path log) {
        Path app = Beckon.checkout().resolve("gateway/target/quarkus-app").toAbsolutePath();
        if (!Files.exists(app)) {
            throw new IllegalStateException(app + " is missing: run `make build` first");
        }
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "@jvm.options"));
        if (Files.exists(app.resolve("app.aot"))) {
            command.add("-XX:AOTCache=app.aot");
        }
        command.addAll(List.of("-jar", "quarkus-run.jar"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(app.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        int port = Ports.free();
        builder.environment().put("BECKON_LEDGER_JDBC_URL", ledger.jdbcUrl());
        builder.environment().put("BECKON_LEDGER_USERNAME", ledger.username());
        builder.environment().put("BECKON_LEDGER_PASSWORD", ledger.password());
        builder.environment().put("BECKON_KEYS_FILE", keys.toAbsolutePath().toString());
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        return new GatewayProcess(Started.of(builder), port);
    }

    public int port() {
        return port;
    }

    /** Waits until it says this in its log. */
    public static void await(Path log, String words) throws IOException, InterruptedException {
        for (int tries = 0; !Files.readString(log).contains(words); tries++) {
            if (tries > 600) {
                throw new IllegalStateException("the gateway does not say \"" + words + "\"; its log: " + log);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    @Override
    public void close() {
        started.close();
    }
}
