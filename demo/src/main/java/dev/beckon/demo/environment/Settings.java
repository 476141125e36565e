package dev.beckon.demo.environment;

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
        String stewardPassword) {
    Settings {
        // A folder from before there was a steward has none: `up` tells the database and the Secret the same new one.
        stewardPassword = Objects.requireNonNullElseGet(stewardPassword, Secrets::random);
    }

    static Settings of(Path state) {
        Path file = state.resolve("settings.json");
        JsonMapper json = new JsonMapper();
        try {
            if (Files.exists(file)) {
                return json.readValue(file.toFile(), Settings.class);
            }
            Settings fresh = new Settings(
                    Ports.free(),
                    Ports.free(),
                    Ports.free(),
                    Ports.free(),
                    Secrets.random(),
                    Secrets.random(),
                    Secrets.random(),
                    Secrets.random());
            Secrets.write(file, json.writeValueAsString(fresh));
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The environment's settings " + file + " can't be read; `make down`, remove " + state
                            + " and start anew",
                    e);
        }
    }

    @Override
    public String toString() {
        return "Settings[database=" + databasePort + ", redis=" + redisPort + ", dataCentre=" + dataCentrePort + "]";
    }
}
