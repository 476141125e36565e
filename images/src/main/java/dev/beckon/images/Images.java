package dev.beckon.images;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stages and packs the images; between the two {@code scripts/images} trains the programs. */
@Command(name = "images", description = "Builds the images of operator, worker and gateway.")
final class Images {
    private static final Path CHECKOUT = Path.of("").toAbsolutePath();

    private final PrintStream out;

    Images(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Images(System.out));
        line.setExecutionExceptionHandler((problem, command, parsed) -> {
            if (System.getenv("BECKON_DEBUG") != null) {
                problem.printStackTrace(command.getErr());
            }
            command.getErr().println("images: " + problem.getMessage());
            return 1;
        });
        System.exit(line.execute(arguments));
    }

    @Command(description = "Lays out what goes into the images of one architecture, and links its Java runtime.")
    void stage(
            @Option(names = "--debian", required = true, description = "What images/scripts/debian made.") Path debian,
            @Option(names = "--tdlib", required = true, description = "libtdjson.so of that architecture.") Path tdlib,
            @Option(names = "--jmods", description = "The jmods of a JDK of another architecture.") Path jmods,
            @Option(names = "--root", required = true, description = "Where it is laid out; emptied first.") Path root)
            throws IOException {
        new Staging(CHECKOUT, debian, tdlib, Optional.ofNullable(jmods), root.toAbsolutePath()).run();
    }

    @Command(
            description =
                    "Writes an OCI archive and a bill of materials for each program, and prints digests and sizes.")
    void pack(
            @Option(names = "--roots", required = true, description = "A folder with what was staged, by architecture.")
                    Path roots,
            @Option(names = "--to", required = true, description = "Where the archives go.") Path to,
            @Option(names = "--prefix", required = true, description = "Of their names, such as docker.io/beckon.")
                    String prefix,
            @Option(names = "--tag", required = true, description = "Their version.") String tag,
            @Option(names = "--revision", description = "The commit that they are built from.") String revision,
            @Option(names = "--tdlib-version", required = true, description = "TDLib's.") String tdlib)
            throws IOException, InterruptedException {
        Release release = new Release(prefix, tag, Optional.ofNullable(revision), tdlib);
        for (Map.Entry<Program, OciArchive.Written> image :
                pack(CHECKOUT, architectures(roots), to, release).entrySet()) {
            image.getValue()
                    .compressed()
                    .forEach((architecture, bytes) -> out.printf(
                            Locale.ROOT,
                            "%s %s %s %.1f MB%n",
                            release.reference(image.getKey()),
                            architecture,
                            image.getValue().digest(),
                            bytes / 1e6));
        }
    }

    private static Map<String, Path> architectures(Path roots) throws IOException {
        try (Stream<Path> folders = Files.list(roots)) {
            Map<String, Path> architectures = new TreeMap<>();
            for (Path folder : folders.sorted().toList()) {
                architectures.put(folder.getFileName().toString(), folder);
            }
            return architectures;
        }
    }

    /**
     * Packs all programs.
     *
     * @param checkout where they were built
     * @param roots what was staged, by architecture
     */
    static Map<Program, OciArchive.Written> pack(Path checkout, Map<String, Path> roots, Path to, Release release)
            throws IOException, InterruptedException {
        Files.createDirectories(to);
        Path work = Files.createTempDirectory(to, ".work-");
        try {
            Map<Program, OciArchive.Written> images = new EnumMap<>(Program.class);
            for (Program program : List.of(Program.values())) {
                Map<String, Artifact> artifacts = Artifact.list(checkout.resolve(program.dependencies()));
                Map<String, Path> parts = new LinkedHashMap<>();
                for (Map.Entry<String, Path> root : roots.entrySet()) {
                    String bill = new BillOfMaterials(root.getValue(), program, artifacts, release).json();
                    String name = program.id() + ".cdx.json";
                    Tree.write(
                            root.getValue()
                                    .resolve(program.id())
                                    .resolve("usr/share/sbom")
                                    .resolve(name),
                            bill);
                    Tree.write(to.resolve(program.id() + "-" + root.getKey() + ".cdx.json"), bill);
                    Path part = work.resolve(program.id() + "-" + root.getKey() + ".tar");
                    PlatformImage.write(
                            part, program, root.getKey(), Layer.of(root.getValue(), program, artifacts), release, work);
                    parts.put(root.getKey(), part);
                }
                Path archive = to.resolve(program.id() + ".tar");
                images.put(program, OciArchive.write(archive, release.reference(program), parts));
            }
            return images;
        } finally {
            Tree.remove(work);
        }
    }
}
