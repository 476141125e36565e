package dev.beckon.demo.release;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.demo.environment.Database;
import dev.beckon.demo.environment.Redis;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * One image under the names that the chart's trial has for MariaDB and Redis, since nothing can be pulled here: the same servers that the
 * demo runs, with what they are linked with of this machine, behind an entry point that takes what the chart says to the real ones.
 */
final class TrialImage {
    private static final List<String> NAMES = List.of("docker.io/library/mariadb:11.4", "docker.io/library/redis:7.4");
    private static final Pattern LINKED = Pattern.compile("(/\\S+) \\(0x");
    private static final JsonMapper JSON = new JsonMapper();

    private final Path entry;
    private final Path work;

    /**
     * @param entry the entry point's program
     * @param work a folder that is kept from run to run
     */
    TrialImage(Path entry, Path work) {
        this.entry = entry;
        this.work = work;
    }

    /** Writes it as a docker archive. */
    void write(Path to) {
        try {
            Files.createDirectories(work);
            Path layer = work.resolve("layer.tar");
            String digest = layer(layer, files());
            byte[] config = JSON.writeValueAsBytes(Map.of(
                    "architecture",
                    TelegramImage.architecture(),
                    "os",
                    "linux",
                    "config",
                    Map.of("Entrypoint", List.of("/entry")),
                    "rootfs",
                    Map.of("type", "layers", "diff_ids", List.of("sha256:" + digest))));
            byte[] manifest = JSON.writeValueAsBytes(
                    List.of(Map.of("Config", "config.json", "RepoTags", NAMES, "Layers", List.of("layer.tar"))));
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to));
                    TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
                put(tar, "manifest.json", manifest);
                put(tar, "config.json", config);
                put(tar, "layer.tar", layer, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files of this machine by their path in the image. */
    private Map<String, Path> files() throws IOException {
        Path database = new Database(work.resolve("database"), 0, "nobody's: it is never started").install();
        Path server = database.resolve("base/bin/mariadbd");
        Map<String, Path> files = new TreeMap<>();
        files.put("entry", entry);
        files.put("opt/redis-server", Redis.program());
        files.put("opt/mariadb/bin/mariadbd", server);
        for (Path program : List.of(server, Redis.program())) {
            linked(program).forEach(library -> files.put(library.toString().substring(1), library));
        }
        add(files, "opt/mariadb/share", database.resolve("base/share"));
        add(files, "opt/data", database.resolve("data"));
        return files;
    }

    private static void add(Map<String, Path> files, String place, Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(file -> files.put(place + "/" + folder.relativize(file), file));
        }
    }

    private static List<Path> linked(Path program) throws IOException {
        Process ldd = new ProcessBuilder("ldd", program.toString()).start();
        String said = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return LINKED.matcher(said)
                .results()
                .map(library -> Path.of(library.group(1)))
                .toList();
    }

    private static String layer(Path to, Map<String, Path> files) throws IOException {
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(to)), digest);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, Path> file : files.entrySet()) {
                put(tar, file.getKey(), file.getValue(), Files.isExecutable(file.getValue()));
            }
            for (String place : List.of("tmp/", "run/mysqld/", "var/lib/mysql/", "data/")) {
                tar.putArchiveEntry(new TarArchiveEntry(place));
                tar.closeArchiveEntry();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void put(TarArchiveOutputStream tar, String name, Path file, boolean executable) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(Files.size(file));
        // Whoever it runs as may read it.
        entry.setMode(executable ? 0100755 : 0100644);
        entry.setIds(0, 0);
        tar.putArchiveEntry(entry);
        Files.copy(file, tar);
        tar.closeArchiveEntry();
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
