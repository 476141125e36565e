package dev.beckon.bench.report;

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
    public void keep(Result result) {
        Json.write(file(result.name()), result);
    }

    /** The last results of these benchmarks, in this order; those never measured are left out. */
    public List<Result> of(List<String> names) {
        return names.stream().flatMap(name -> read(name).stream()).toList();
    }

    private Optional<Result> read(String name) {
        return Files.exists(file(name)) ? Optional.of(Json.read(file(name), Result.class)) : Optional.empty();
    }

    private Path file(String name) {
        return folder.resolve(name + ".json");
    }
}
