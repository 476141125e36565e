package dev.beckon.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lays out what goes into the images of one architecture, each file at its place below one of these folders of the root: {@code base},
 * {@code runtime}, and one for each program. There the programs are trained, so that their caches fit.
 *
 * @param checkout where everything is built
 * @param debian what {@code images/scripts/debian} made
 * @param tdlib {@code libtdjson.so}, with its licence beside it
 * @param jmods the modules of a JDK of another architecture than this machine's
 * @param root where it is laid out; emptied first
 */
record Staging(Path checkout, Path debian, Path tdlib, Optional<Path> jmods, Path root) {
    static final String BASE = "base";
    static final String JAVA = "runtime";
    /** The packages of the base, in the root. */
    static final String PACKAGES = "packages.tsv";

    void run() throws IOException {
        Tree.remove(root);
        List<Path> jars = new ArrayList<>();
        for (Program program : Program.values()) {
            Path home = root.resolve(program.id()).resolve(program.home());
            jars.addAll(program(program, home));
        }
        Path base = root.resolve(BASE);
        Tree.copy(debian.resolve("root"), base);
        Tree.copy(debian.resolve(PACKAGES), root.resolve(PACKAGES));
        for (String file : List.of("LICENSE", "NOTICE")) {
            Tree.copy(
                    checkout.resolve(file), base.resolve("usr/share/doc/beckon").resolve(file));
        }
        java(jars);
        Path worker = root.resolve(Program.WORKER.id());
        Tree.copy(tdlib, worker.resolve(Program.TDLIB));
        Tree.copy(tdlib.resolveSibling("LICENSE.tdlib-package"), worker.resolve("usr/share/doc/tdlib/copyright"));
    }

    private List<Path> program(Program program, Path home) throws IOException {
        Path built = checkout.resolve(program.built());
        if (!Files.isDirectory(built)) {
            throw new IOException(built + " is missing: run `make build` first");
        }
        for (Path file : Tree.files(built)) {
            if (!file.toString().endsWith(".aot")) {
                Tree.copy(file, home.resolve(built.relativize(file).toString()));
            }
        }
        List<Path> jars = Tree.files(home).stream()
                .filter(file -> file.toString().endsWith(".jar"))
                .toList();
        if (program == Program.WORKER) {
            String options = Files.readString(home.resolve("jvm.options"));
            List<String> classPath =
                    jars.stream().map(jar -> home.relativize(jar).toString()).toList();
            Tree.write(home.resolve(Program.START_OPTIONS), options + "-cp " + String.join(":", classPath) + "\n");
        }
        return jars;
    }

    private void java(List<Path> jars) throws IOException {
        Path home = root.resolve(JAVA).resolve(Program.RUNTIME);
        Files.createDirectories(home.getParent());
        List<String> modules = JavaRuntime.modules(jars);
        JavaRuntime.link(modules, jmods, home);
        // For images/Dockerfile, whose context this is: a cache fits the runtime only that it was made with.
        Tree.write(root.resolve("modules"), String.join(",", modules) + "\n");
        Tree.write(root.resolve(".dockerignore"), "**/*.aot\n");
        Path certificates = debian.resolve("certificates");
        if (!Files.isDirectory(certificates)) {
            throw new NoSuchFileException(certificates.toString());
        }
        // Legal notices are links to one another, of which an image has none.
        Path whole = root.resolve("whole");
        Files.move(home, whole);
        Tree.copy(whole, home);
        Tree.remove(whole);
        Tree.write(home.resolve("lib/security/cacerts"), CaCertificates.trustStore(Tree.files(certificates)));
    }
}
