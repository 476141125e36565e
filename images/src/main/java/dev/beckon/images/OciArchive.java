package dev.beckon.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * An OCI archive of one image for several architectures: what Jib writes for each of them, put together below an index. Jib itself writes
 * such an index only into a registry.
 */
final class OciArchive {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String BLOBS = "blobs/sha256/";

    private OciArchive() {}

    /**
     * What was written.
     *
     * @param digest of the index of all architectures, by which the image is named: {@code sha256:…}
     * @param compressed bytes of all layers by architecture, as they are fetched
     * @param layers digests of the layers by architecture, from the lowest
     */
    record Written(String digest, Map<String, Long> compressed, Map<String, List<String>> layers) {}

    /**
     * Writes the archive.
     *
     * @param reference the whole name, with registry and tag
     * @param parts Jib's archives by architecture, such as {@code amd64}
     */
    static Written write(Path to, String reference, Map<String, Path> parts) throws IOException {
        Map<String, Long> compressed = new TreeMap<>();
        Map<String, List<String>> layers = new TreeMap<>();
        ArrayNode manifests = JSON.createArrayNode();
        for (Map.Entry<String, Path> part : new TreeMap<>(parts).entrySet()) {
            JsonNode manifest =
                    JSON.readTree(read(part.getValue(), "index.json")).at("/manifests/0");
            ObjectNode descriptor = JSON.createObjectNode()
                    .put("mediaType", "application/vnd.oci.image.manifest.v1+json")
                    .put("digest", manifest.path("digest").asText())
                    .put("size", manifest.path("size").asLong());
            descriptor.putObject("platform").put("architecture", part.getKey()).put("os", "linux");
            manifests.add(descriptor);
            long size = 0;
            List<String> digests = new ArrayList<>();
            for (JsonNode layer : JSON.readTree(
                            read(part.getValue(), blob(manifest.path("digest").asText())))
                    .path("layers")) {
                size += layer.path("size").asLong();
                digests.add(layer.path("digest").asText());
            }
            compressed.put(part.getKey(), size);
            layers.put(part.getKey(), List.copyOf(digests));
        }
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", INDEX);
        index.set("manifests", manifests);
        byte[] all = JSON.writeValueAsBytes(index);
        String digest = "sha256:" + Digests.of(all);
        archive(to, parts, all, entrance(reference, digest, all.length), digest);
        return new Written(digest, compressed, layers);
    }

    /** The archive's {@code index.json}, which names its one image. */
    private static byte[] entrance(String reference, String digest, int size) throws IOException {
        ObjectNode descriptor = JSON.createObjectNode()
                .put("mediaType", INDEX)
                .put("digest", digest)
                .put("size", size);
        descriptor
                .putObject("annotations")
                .put("io.containerd.image.name", reference)
                .put("org.opencontainers.image.ref.name", reference);
        ObjectNode entrance = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", INDEX);
        entrance.putArray("manifests").add(descriptor);
        return JSON.writeValueAsBytes(entrance);
    }

    private static void archive(Path to, Map<String, Path> parts, byte[] all, byte[] entrance, String digest)
            throws IOException {
        Path partial = to.resolveSibling(to.getFileName() + ".partial");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            put(tar, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
            put(tar, "index.json", entrance);
            put(tar, blob(digest), all);
            Set<String> written = new TreeSet<>();
            for (Path part : new TreeMap<>(parts).values()) {
                each(part, (name, size, in) -> {
                    if (name.startsWith(BLOBS) && written.add(name)) {
                        header(tar, name, size);
                        in.transferTo(tar);
                        tar.closeArchiveEntry();
                    }
                });
            }
            tar.finish();
        }
        // Whoever loads it sees the whole or the one before.
        Files.move(partial, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        header(tar, name, bytes.length);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static void header(TarArchiveOutputStream tar, String name, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(0100644);
        entry.setIds(0, 0);
        entry.setModTime(Tree.INSTANT.toEpochMilli());
        tar.putArchiveEntry(entry);
    }

    /** Of {@code sha256:…}. */
    static String blob(String digest) {
        return BLOBS + digest.substring(digest.indexOf(':') + 1);
    }

    /** An entry of an archive. */
    static byte[] read(Path archive, String entry) throws IOException {
        List<byte[]> found = new ArrayList<>();
        each(archive, (name, size, in) -> {
            if (name.equals(entry)) {
                found.add(in.readAllBytes());
            }
        });
        if (found.isEmpty()) {
            throw new IOException(archive + " has no " + entry);
        }
        return found.getFirst();
    }

    /** What is done with an entry. */
    @FunctionalInterface
    interface Visitor {
        void visit(String name, long size, InputStream in) throws IOException;
    }

    static void each(Path archive, Visitor visitor) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                visitor.visit(entry.getName(), entry.getSize(), tar);
            }
        }
    }
}
