package dev.beckon.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;

/** The Java runtime of the images: the modules that jdeps finds, linked by jlink. */
final class JavaRuntime {
    /** Used by name only, so that jdeps can't see it: figures of the process in the metrics, jars as file systems. */
    private static final Set<String> BY_NAME = Set.of("jdk.management", "jdk.zipfs");

    /** Of annotation processors that lie in libraries: nothing is compiled at run time, and it weighs 15 MB. */
    private static final Set<String> AT_BUILD_TIME = Set.of("jdk.compiler");

    /**
     * What draws and plays: {@code java.desktop} is there for {@code java.beans}, and these need X11 or ALSA. And with what other
     * JVMs look into this runtime.
     */
    private static final Set<String> UNUSED = Set.of(
            "libawt.so",
            "libawt_headless.so",
            "libawt_xawt.so",
            "libfontmanager.so",
            "libfreetype.so",
            "libjavajpeg.so",
            "libjawt.so",
            "libjsound.so",
            "liblcms.so",
            "libmlib_image.so",
            "libsplashscreen.so",
            "jrt-fs.jar");

    private JavaRuntime() {}

    /**
     * The modules that some jars need, sorted.
     *
     * <p>jdeps is given their classes, not the jars: of a jar that is a module it wants every module that one requires, also what is
     * never there at run time.
     */
    static List<String> modules(List<Path> jars) throws IOException {
        Path classes = Files.createTempDirectory("beckon-images-classes-");
        try {
            for (Path jar : jars) {
                unpack(jar, classes);
            }
            Set<String> modules = new TreeSet<>(BY_NAME);
            String answer = run(
                    "jdeps",
                    "--print-module-deps",
                    "--ignore-missing-deps",
                    "--multi-release",
                    "base",
                    classes.toString());
            modules.addAll(List.of(answer.strip().split(",")));
            modules.removeAll(AT_BUILD_TIME);
            return List.copyOf(modules);
        } finally {
            Tree.remove(classes);
        }
    }

    private static void unpack(Path jar, Path folder) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Enumeration<JarEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName();
                if (!name.endsWith(".class") || name.startsWith("META-INF/") || name.endsWith("module-info.class")) {
                    continue;
                }
                Path target = folder.resolve(name).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException(jar + " has an entry outside of it: " + name);
                }
                Files.createDirectories(target.getParent());
                try (InputStream in = file.getInputStream(entry)) {
                    Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /**
     * Links a runtime of them.
     *
     * @param jmods the {@code jmods} of a JDK of another architecture; without it, the modules of the running JDK
     * @param to a folder that does not exist
     */
    static void link(List<String> modules, Optional<Path> jmods, Path to) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--add-modules",
                String.join(",", modules),
                // The layer is compressed as a whole.
                "--compress=zip-0",
                // Line numbers of Java's own classes. Those of the programs and their libraries stay.
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                to.toString()));
        jmods.ifPresent(path -> arguments.addAll(List.of("--module-path", path.toString())));
        run("jlink", arguments.toArray(String[]::new));
        for (Path file : Tree.files(to)) {
            String name = file.getFileName().toString();
            boolean tool = file.getParent().equals(to.resolve("bin")) && !name.equals("java");
            if (tool || UNUSED.contains(name)) {
                Files.delete(file);
            }
        }
    }

    private static String run(String tool, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = ToolProvider.findFirst(tool)
                .orElseThrow(() -> new IllegalStateException("This JDK has no " + tool))
                .run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        if (code != 0) {
            throw new IllegalStateException(tool + " ended with " + code + ":\n" + out + err);
        }
        return out.toString();
    }
}
