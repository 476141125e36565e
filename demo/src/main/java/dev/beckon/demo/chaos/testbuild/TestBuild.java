package dev.beckon.demo.chaos.testbuild;

import dev.beckon.demo.chaos.Protection;
import dev.beckon.demo.chaos.StepJournal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.pool.TypePool;

/**
 * Makes the jar that comes before the product's own on a test build's class path: the rewritten classes, what runs in their
 * stead, and the trap at every named step. It is made once a run: rewriting in every process, as it starts, cost a sixth of
 * a worker's life.
 */
public final class TestBuild {
    private static final String CLASSES = ".class";
    private static final String OWN_PACKAGE = StepJournal.class.getPackageName().replace('.', '/') + "/";
    private static final String TRAP = "META-INF/services/dev.beckon.worker.KillPoint$Trap";

    private TestBuild() {}

    /**
     * Writes the jar.
     *
     * @param without the protection to take out; the waits are shortened always, and orders have no ceilings
     * @throws IllegalStateException with a sentence when something that is to be rewritten is not there any more
     */
    public static void write(Path jar, Optional<Protection> without) {
        Map<String, byte[]> entries = new LinkedHashMap<>(own());
        entries.put(TRAP, trap());
        entries.putAll(rewritten(Stream.of(
                        Rewrites.hurry(),
                        Rewrites.limitless(),
                        without.map(Rewrites::without).orElse(List.of()))
                .flatMap(List::stream)
                .toList()));
        write(jar, entries);
    }

    /** Writes a jar that only takes the ceilings away, for measuring what the worker could do. */
    public static void writeLimitless(Path jar) {
        Map<String, byte[]> entries = new LinkedHashMap<>(own());
        entries.putAll(rewritten(Rewrites.limitless()));
        write(jar, entries);
    }

    private static void write(Path jar, Map<String, byte[]> entries) {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the test build " + jar + " can't be written", e);
        }
    }

    /** The rewritten classes, and the small ones that Byte Buddy adds to them, by the name of their file. */
    static Map<String, byte[]> rewritten(List<Rewrite> rewrites) {
        ClassLoader loader = TestBuild.class.getClassLoader();
        TypePool types = TypePool.Default.of(loader);
        rewrites.forEach(rewrite -> rewrite.require(types));
        Map<String, byte[]> files = new LinkedHashMap<>();
        rewrites.stream()
                .collect(Collectors.groupingBy(Rewrite::type, LinkedHashMap::new, Collectors.toList()))
                .forEach((type, ofType) -> {
                    DynamicType.Builder<?> builder = new ByteBuddy()
                            .rebase(types.describe(type).resolve(), ClassFileLocator.ForClassLoader.of(loader));
                    for (Rewrite rewrite : ofType) {
                        builder = rewrite.in(builder, types);
                    }
                    try (DynamicType.Unloaded<?> made = builder.make()) {
                        for (Map.Entry<TypeDescription, byte[]> each :
                                made.getAllTypes().entrySet()) {
                            files.put(each.getKey().getInternalName() + CLASSES, each.getValue());
                        }
                    }
                });
        return files;
    }

    /** This room's classes, from where the JVM found them. */
    private static Map<String, byte[]> own() {
        return fromSource(root -> {
            Map<String, byte[]> files = new LinkedHashMap<>();
            try (Stream<Path> below = Files.walk(root.resolve(OWN_PACKAGE))) {
                for (Path file : below.filter(Files::isRegularFile).toList()) {
                    files.put(root.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
            return files;
        });
    }

    /** What makes the traps at the named steps come alive. */
    private static byte[] trap() {
        return fromSource(root -> Files.readAllBytes(root.resolve(TRAP)));
    }

    private interface Reading<T> {
        T from(Path root) throws IOException;
    }

    /** Reads below a folder of the build, or in a jar. */
    private static <T> T fromSource(Reading<T> reading) {
        Path source = Path.of(TestBuild.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        try {
            if (Files.isDirectory(source)) {
                return reading.from(source);
            }
            try (FileSystem jar = FileSystems.newFileSystem(source)) {
                return reading.from(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the classes of a test build can't be read below " + source, e);
        }
    }
}
