package dev.beckon.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An OCI archive as a runtime reads it. */
final class Unpacked {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    Unpacked(Path archive) throws IOException {
        OciArchive.each(archive, (name, size, in) -> entries.put(name, in.readAllBytes()));
    }

    /** {@code index.json}. */
    JsonNode entrance() throws IOException {
        return JSON.readTree(entries.get("index.json"));
    }

    /** The index of architectures. */
    JsonNode index() throws IOException {
        return blob(digest());
    }

    String digest() throws IOException {
        return entrance().at("/manifests/0/digest").asText();
    }

    JsonNode blob(String digest) throws IOException {
        return JSON.readTree(bytes(digest));
    }

    /** The bytes that have this digest, in truth. */
    byte[] bytes(String digest) {
        byte[] bytes = entries.get(OciArchive.blob(digest));
        if (!digest.equals("sha256:" + Digests.of(bytes))) {
            throw new AssertionError(digest + " has other bytes");
        }
        return bytes;
    }

    JsonNode manifest(String architecture) throws IOException {
        for (JsonNode descriptor : index().path("manifests")) {
            if (descriptor.at("/platform/architecture").asText().equals(architecture)) {
                return blob(descriptor.path("digest").asText());
            }
        }
        throw new AssertionError("There is nothing for " + architecture);
    }

    /** The image's configuration: its user, environment, entrypoint, labels. */
    JsonNode config(String architecture) throws IOException {
        return blob(manifest(architecture).at("/config/digest").asText());
    }

    List<String> layers(String architecture) throws IOException {
        List<String> layers = new ArrayList<>();
        manifest(architecture)
                .path("layers")
                .forEach(layer -> layers.add(layer.path("digest").asText()));
        return layers;
    }

    /** The files and folders of all layers. */
    List<TarArchiveEntry> files(String architecture) throws IOException {
        List<TarArchiveEntry> files = new ArrayList<>();
        for (String layer : layers(architecture)) {
            each(layer, (entry, in) -> files.add(entry));
        }
        return files;
    }

    /** Writes them to a folder, as a runtime does; theirs is whoever runs this. */
    void writeTo(Path folder, String architecture) throws IOException {
        for (String layer : layers(architecture)) {
            each(layer, (entry, in) -> {
                Path target = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    return;
                }
                Files.createDirectories(target.getParent());
                Files.copy(in, target);
                Files.setPosixFilePermissions(
                        target,
                        PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
                Files.setLastModifiedTime(
                        target, FileTime.from(entry.getLastModifiedTime().toInstant()));
            });
        }
    }

    private void each(String layer, Visitor visitor) throws IOException {
        try (InputStream in = new BufferedInputStream(new GZIPInputStream(new ByteArrayInputStream(bytes(layer))));
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                visitor.visit(entry, tar);
            }
        }
    }

    private interface Visitor {
        void visit(TarArchiveEntry entry, InputStream in) throws IOException;
    }
}
