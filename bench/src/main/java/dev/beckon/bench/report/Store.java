package dev.beckon.bench.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The last result of each benchmark with all its rounds, as JSON, so that one can be measured anew and the page still shows
 * them all.
 *
 * @param folder made when absent
 */
public record Store(Path folder) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    public void keep(Result result) {
        try {
            Files.createDirectories(folder);
            JSON.writeValue(file(result.name()).toFile(), result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last results of these benchmarks, in this order; those never measured are left out. */
    public List<Result> of(List<String> names) {
        return names.stream().flatMap(name -> read(name).stream()).toList();
    }

    private Optional<Result> read(String name) {
        if (!Files.exists(file(name))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file(name).toFile(), Result.class));
        } catch (IOException e) {
            throw new UncheckedIOException(file(name) + " can't be read: remove it and measure again", e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".json");
    }
}
