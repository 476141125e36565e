package dev.beckon.simulator.mtproto;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where {@code scripts/fetch-tdlib} puts what real clients need.
 *
 * @param library TDLib's library, untouched
 * @param schema the API's TL schema of the same layer
 */
public record ClientFiles(Path library, Path schema) {
    private static final String FOLDER = "telegram-1.8.67-layer229-r1";

    /** The files in the cache, {@code $BECKON_CACHE} or {@code ~/.cache/beckon}; they need not be there. */
    public static ClientFiles inCache() {
        Path cache = Optional.ofNullable(System.getenv("BECKON_CACHE"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "beckon"));
        Path folder = cache.resolve(FOLDER);
        return new ClientFiles(folder.resolve("libtdjson.so"), folder.resolve("api.tl"));
    }

    /** @throws IllegalStateException with a sentence when one of them is missing */
    public void require() {
        for (Path file : List.of(library, schema)) {
            if (!Files.isRegularFile(file)) {
                throw new IllegalStateException(
                        file + " is missing; telegram-simulator/scripts/fetch-tdlib fetches it");
            }
        }
    }
}
