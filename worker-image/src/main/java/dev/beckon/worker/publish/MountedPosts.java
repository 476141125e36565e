package dev.beckon.worker.publish;

import dev.beckon.ledger.post.PostFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a mounted ConfigMap, each of which Kubernetes replaces when the ConfigMap changes. */
record MountedPosts(Path folder) implements PostFiles {
    @Override
    public List<String> names() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(it -> it.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " can't be read", e);
        }
    }

    @Override
    public Optional<PostFile> find(String name) {
        return Optional.of(folder.resolve(name)).filter(Files::isRegularFile).map(MountedPost::new);
    }

    private record MountedPost(Path file) implements PostFile {
        @Override
        public long size() {
            try {
                return Files.size(file);
            } catch (IOException e) {
                throw new UncheckedIOException(file + " can't be read", e);
            }
        }

        @Override
        public byte[] begin(int most) {
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(most);
            } catch (IOException e) {
                throw new UncheckedIOException(file + " can't be read", e);
            }
        }
    }
}
