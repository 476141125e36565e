package dev.beckon.demo.environment;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The ports and passwords of one environment, made once and kept in its state folder, so that {@code up} after a crash
 * finds everything where it was.
 */
record Settings(
        int databasePort,
        int redisPort,
        int dataCentrePort,
        int truthPort,
        String adminPassword,
        String operatorPassword,
        String workerPassword,
        String stewardPassword,
        String gatewayPassword) {
    Settings {
        // A port that was taken out of the file, because somebody else has it, is chosen anew.
        databasePort = databasePort == 0 ? Ports.free() : databasePort;
        redisPort = redisPort == 0 ? Ports.free() : redisPort;
        dataCentrePort = dataCentrePort == 0 ? Ports.free() : dataCentrePort;
        truthPort = truthPort == 0 ? Ports.free() : truthPort;
        // A folder from before there was a steward or a gateway has none: `up` tells the database and the Secret the
        // same new one.
        stewardPassword = Objects.requireNonNullElseGet(stewardPassword, Secrets::random);
        gatewayPassword = Objects.requireNonNullElseGet(gatewayPassword, Secrets::random);
    }

    /** Where a state folder keeps them. */
    static Path in(Path state) {
        return state.resolve("settings.json");
    }

    static Settings of(Path state) {
        Path file = in(state);
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        try {
            if (Files.exists(file)) {
                Settings kept = json.readValue(file.toFile(), Settings.class);
                if (!json.valueToTree(kept).equals(json.readTree(file.toFile()))) {
                    Secrets.write(file, json.writeValueAsString(kept));
                }
                return kept;
            }
            Settings fresh = new Settings(
                    Ports.free(),
                    Ports.free(),
                    Ports.free(),
                    Ports.free(),
                    Secrets.random(),
                    Secrets.random(),
                    Secrets.random(),
                    Secrets.random(),
                    Secrets.random());
            Secrets.write(file, json.writeValueAsString(fresh));
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The environment's settings " + file + " can't be read: stop its processes (`pgrep -af " + state
                            + "` lists them), remove " + state + " and start anew",
                    e);
        }
    }

    /**
     * For a server that does not run.
     *
     * @param name of the port in the file
     * @throws IllegalStateException with a sentence when somebody else listens there
     */
    static void checkPort(Path state, String name, int port) {
        if (!Ports.isFree(port)) {
            throw new IllegalStateException(
                    "Another program uses port %d, the %s of this environment: stop it".formatted(port, name)
                            + " (`ss -tanp 'sport = :%d'` tells which it is), or take \"%s\" out of %s, and a free one is chosen."
                                    .formatted(port, name, in(state)));
        }
    }

    @Override
    public String toString() {
        return "Settings[database=" + databasePort + ", redis=" + redisPort + ", dataCentre=" + dataCentrePort + "]";
    }
}
