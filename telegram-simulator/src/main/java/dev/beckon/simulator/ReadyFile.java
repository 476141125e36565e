package dev.beckon.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code datacentre.json} in the state folder: there while the world is served, with the ports and files a client needs. It
 * appears whole or not at all, so whoever waits for it never reads half of it.
 */
final class ReadyFile {
    private static final String NAME = "datacentre.json";
    private final Path file;
    private final Map<String, Object> facts = new LinkedHashMap<>();

    private ReadyFile(Path file) {
        this.file = file;
    }

    static ReadyFile in(Path directory) {
        return new ReadyFile(directory.resolve(NAME));
    }

    void put(String fact, Object value) {
        facts.put(fact, value);
    }

    void write() {
        try {
            facts.put("pid", ProcessHandle.current().pid());
            Path half = file.resolveSibling(NAME + ".new");
            Files.write(
                    half, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(facts));
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + file, e);
        }
    }
}
