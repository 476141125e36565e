package dev.beckon.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** The image of one program for one architecture, written by Jib: layers, configuration, manifest. */
final class PlatformImage {
    /** Root owns all files and nobody may write them; the program runs as this user, unless the pod says otherwise. */
    static final String USER = "1000:1000";

    private PlatformImage() {}

    /**
     * Writes an OCI archive.
     *
     * @param work a folder for Jib's own files; a fresh one, for it knows files by their times, which are all the same here
     */
    static void write(
            Path to,
            Program program,
            String architecture,
            Map<Layer, Map<String, Path>> files,
            Release release,
            Path work)
            throws IOException, InterruptedException {
        boolean cached = !files.get(Layer.START).isEmpty();
        JibContainerBuilder image = Jib.fromScratch()
                .setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new Platform(architecture, "linux")))
                .setCreationTime(Tree.INSTANT)
                .setUser(USER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/" + program.home()))
                .setEnvironment(new TreeMap<>(Program.environment()))
                .setEntrypoint(program.entrypoint(cached))
                .setLabels(labels(program, release));
        program.port().ifPresent(port -> image.addExposedPort(Port.tcp(port)));
        for (Layer layer : Layer.filled(files)) {
            image.addFileEntriesLayer(layer(layer, files.get(layer)));
        }
        try {
            image.containerize(Containerizer.to(TarImage.at(to).named(release.reference(program)))
                    .setOfflineMode(true)
                    .setToolName("beckon")
                    .setBaseImageLayersCache(work.resolve("base"))
                    .setApplicationLayersCache(work.resolve("application")));
        } catch (InvalidImageReferenceException
                | RegistryException
                | CacheDirectoryCreationException
                | ExecutionException e) {
            throw new IOException("The image of " + program.id() + " can't be built: " + e.getMessage(), e);
        }
    }

    private static FileEntriesLayer layer(Layer layer, Map<String, Path> files) {
        FileEntriesLayer.Builder builder = FileEntriesLayer.builder().setName(layer.name());
        files.forEach((path, file) -> builder.addEntry(
                file,
                AbsoluteUnixPath.get("/" + path),
                FilePermissions.fromOctalString(Files.isExecutable(file) ? "755" : "644"),
                Tree.INSTANT));
        return builder.build();
    }

    private static Map<String, String> labels(Program program, Release release) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("created", Tree.INSTANT.toString());
        labels.put("description", program.purpose());
        labels.put("licenses", "Apache-2.0");
        Optional<String> revision = release.revision();
        revision.ifPresent(commit -> labels.put("revision", commit));
        labels.put("title", "beckon-" + program.id());
        labels.put("vendor", "Beckon");
        labels.put("version", release.version());
        Map<String, String> named = new TreeMap<>();
        labels.forEach((name, value) -> named.put("org.opencontainers.image." + name, value));
        return named;
    }
}
