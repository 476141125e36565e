package dev.beckon.operator.autopost;

import dev.beckon.ledger.post.PostFiles;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The keys of ConfigMaps as the files that a worker will find. */
final class ConfigMapPosts implements PostFiles {
    private final SortedMap<String, PostFile> files = new TreeMap<>();

    /** Adds its keys, each behind the prefix. */
    ConfigMapPosts and(String prefix, ConfigMap map) {
        entries(map.getData()).forEach((key, text) -> files.put(prefix + key, new Text(text)));
        entries(map.getBinaryData()).forEach((key, base64) -> files.put(prefix + key, new Binary(base64)));
        return this;
    }

    /**
     * Adds pictures, each behind the prefix. Nothing is kept of them but what tells whether Telegram would take them: a schedule may
     * have 50 in as many ConfigMaps, which are 50 MiB.
     *
     * @param wanted the pictures' keys; one that is not there is not added
     */
    ConfigMapPosts pictures(String prefix, ConfigMap map, Collection<String> wanted) {
        ConfigMapPosts all = new ConfigMapPosts().and("", map);
        wanted.forEach(key -> all.find(key).ifPresent(file -> files.put(prefix + key, new Picture(file))));
        return this;
    }

    private static Map<String, String> entries(Map<String, String> data) {
        return Objects.requireNonNullElse(data, Map.of());
    }

    @Override
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public Optional<PostFile> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    private record Text(String text) implements PostFile {
        @Override
        public long size() {
            return bytes().length;
        }

        @Override
        public byte[] begin(int most) {
            byte[] all = bytes();
            return all.length <= most ? all : Arrays.copyOf(all, most);
        }

        private byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A picture is not unpacked to see what it is: four letters stand for three bytes. */
    private record Binary(String base64) implements PostFile {
        private static final int LETTERS = 4;
        private static final int BYTES = 3;

        @Override
        public long size() {
            long padding = base64.chars()
                    .skip(Math.max(0, base64.length() - 2))
                    .filter(it -> it == '=')
                    .count();
            return (long) base64.length() / LETTERS * BYTES - padding;
        }

        @Override
        public byte[] begin(int most) {
            int letters = (most + BYTES - 1) / BYTES * LETTERS;
            byte[] bytes = Base64.getDecoder().decode(base64.substring(0, Math.min(letters, base64.length())));
            return bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
        }
    }

    /** What is remembered of a picture. */
    private static final class Picture implements PostFile {
        /** More than any kind of picture is told by. */
        private static final int MOST = 16;

        private final long size;
        private final byte[] first;

        Picture(PostFile file) {
            size = file.size();
            first = file.begin(MOST);
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public byte[] begin(int most) {
            if (most > first.length && first.length < size) {
                throw new IllegalArgumentException(
                        "Of a picture " + first.length + " bytes are remembered, and " + most + " are asked for");
            }
            return Arrays.copyOf(first, Math.min(most, first.length));
        }
    }
}
