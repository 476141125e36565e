package dev.beckon.demo.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The worker's image with one file more on top: the TDLib that trusts the simulator's data centre, in the place of the one that trusts
 * Telegram. All else of it, and all that runs, is the image that is released.
 */
final class TelegramImage {
    /** Where the image has its TDLib. */
    private static final String LIBRARY = "opt/beckon/lib/libtdjson.so";

    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    /** In bytes; a layer is larger, or of no interest. */
    private static final long LARGEST_DOCUMENT = 1_048_576;

    private static final JsonMapper JSON = new JsonMapper();

    private final Path released;
    private final Path library;

    /**
     * @param released the worker's OCI archive
     * @param library the patched TDLib
     */
    TelegramImage(Path released, Path library) {
        this.released = released;
        this.library = library;
    }

    /**
     * Writes the archive, of this machine's architecture only.
     *
     * @param name the whole name of the new image
     */
    void write(Path to, String name) {
        try {
            Map<String, byte[]> documents = documents();
            JsonNode entrance = JSON.readTree(documents.get("index.json")).at("/manifests/0");
            JsonNode index = JSON.readTree(documents.get(blob(entrance)));
            ObjectNode manifest = (ObjectNode) JSON.readTree(documents.get(blob(ours(index))));
            ObjectNode config = (ObjectNode) JSON.readTree(documents.get(blob(manifest.get("config"))));
            byte[] layer = layer();
            ((ArrayNode) config.at("/rootfs/diff_ids")).add("sha256:" + digest(layer));
            if (config.get("history") instanceof ArrayNode history) {
                history.addObject().put("created_by", "the end-to-end tests");
            }
            byte[] newConfig = JSON.writeValueAsBytes(config);
            ((ObjectNode) manifest.get("config"))
                    .put("digest", "sha256:" + digest(newConfig))
                    .put("size", newConfig.length);
            ((ArrayNode) manifest.get("layers")).add(descriptor(LAYER, layer));
            byte[] newManifest = JSON.writeValueAsBytes(manifest);
            ObjectNode newEntrance = JSON.createObjectNode().put("schemaVersion", 2);
            ObjectNode image = descriptor("application/vnd.oci.image.manifest.v1+json", newManifest);
            image.putObject("annotations")
                    .put("io.containerd.image.name", name)
                    .put("org.opencontainers.image.ref.name", name);
            newEntrance.putArray("manifests").add(image);
            archive(to, JSON.writeValueAsBytes(newEntrance), layer, newConfig, newManifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of the archive that is no layer. */
    private Map<String, byte[]> documents() throws IOException {
        Map<String, byte[]> documents = new HashMap<>();
        each((entry, tar) -> {
            if (entry.getSize() < LARGEST_DOCUMENT) {
                documents.put(entry.getName(), tar.readAllBytes());
            }
        });
        return documents;
    }

    /** This machine's, as images call it. */
    static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "aarch64" -> "arm64";
            case String other -> other;
        };
    }

    private static JsonNode ours(JsonNode index) {
        String architecture = architecture();
        for (JsonNode manifest : index.path("manifests")) {
            if (manifest.at("/platform/architecture").asText().equals(architecture)) {
                return manifest;
            }
        }
        throw new IllegalStateException("the worker's image is not of this machine's architecture, " + architecture);
    }

    private byte[] layer() throws IOException {
        ByteArrayOutputStream layer = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(layer)) {
            put(tar, LIBRARY, Files.readAllBytes(library));
        }
        return layer.toByteArray();
    }

    private void archive(Path to, byte[] entrance, byte[]... blobs) throws IOException {
        Files.createDirectories(to.getParent());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            put(tar, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
            put(tar, "index.json", entrance);
            for (byte[] blob : blobs) {
                put(tar, "blobs/sha256/" + digest(blob), blob);
            }
            // The layers below, and some small documents that nothing names any more.
            each((entry, in) -> {
                if (entry.getName().startsWith("blobs/sha256/")) {
                    header(tar, entry.getName(), entry.getSize());
                    in.transferTo(tar);
                    tar.closeArchiveEntry();
                }
            });
        }
    }

    /** What is done with an entry. */
    @FunctionalInterface
    private interface Visitor {
        void visit(TarArchiveEntry entry, TarArchiveInputStream in) throws IOException;
    }

    private void each(Visitor visitor) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(released));
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                visitor.visit(entry, tar);
            }
        }
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
        tar.putArchiveEntry(entry);
    }

    private static ObjectNode descriptor(String type, byte[] bytes) {
        return JSON.createObjectNode()
                .put("mediaType", type)
                .put("digest", "sha256:" + digest(bytes))
                .put("size", bytes.length);
    }

    private static String blob(JsonNode descriptor) {
        return "blobs/sha256/" + descriptor.path("digest").asText().substring("sha256:".length());
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
