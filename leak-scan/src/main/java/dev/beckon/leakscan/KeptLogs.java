package dev.beckon.leakscan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What local-cluster keeps of the logs of removed pods, within a bound. */
public final class KeptLogs {
    /** Written by local-cluster's package {@code keptlogs}. */
    private static final String DROPPED = "dropped.json";

    private KeptLogs() {}

    /** A sentence when logs had to be dropped: then a search of them is not whole. */
    public static Optional<String> missing(Path folder) {
        Path file = folder.resolve(DROPPED);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode dropped = new JsonMapper().readTree(file.toFile());
            return Optional.of("the logs of " + dropped.path("pods").asInt() + " removed pods ("
                    + dropped.path("bytes").asLong() + " bytes) found no room: the scan is not whole");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
