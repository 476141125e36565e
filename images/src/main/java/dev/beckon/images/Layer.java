package dev.beckon.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of an image, from what changes seldom to what changes with each build. The first two are the same in all images, so a node
 * fetches and keeps them once; the last is the only one that is not the same in two builds of the same sources.
 */
enum Layer {
    /** glibc, certificates, users. */
    BASE,
    RUNTIME,
    /** Other people's jars, and TDLib. */
    LIBRARIES,
    /** What is built from these sources, and the bill of materials. */
    PROGRAM,
    /** The cache of loaded classes. */
    START;

    /**
     * The files of a program's image.
     *
     * @param root what {@link Staging} laid out
     * @return by layer and by path in the image, without its leading slash
     */
    static Map<Layer, Map<String, Path>> of(Path root, Program program, Map<String, Artifact> artifacts)
            throws IOException {
        Map<Layer, Map<String, Path>> layers = new LinkedHashMap<>();
        for (Layer layer : values()) {
            layers.put(layer, new LinkedHashMap<>());
        }
        add(layers, BASE, root.resolve(Staging.BASE));
        add(layers, RUNTIME, root.resolve(Staging.JAVA));
        Path own = root.resolve(program.id());
        for (Path file : Tree.files(own)) {
            layers.get(of(file, artifacts)).put(own.relativize(file).toString(), file);
        }
        return layers;
    }

    private static void add(Map<Layer, Map<String, Path>> layers, Layer layer, Path folder) throws IOException {
        for (Path file : Tree.files(folder)) {
            layers.get(layer).put(folder.relativize(file).toString(), file);
        }
    }

    private static Layer of(Path file, Map<String, Artifact> artifacts) {
        String name = file.getFileName().toString();
        Artifact artifact = artifacts.get(name);
        if (name.endsWith(".aot")) {
            return START;
        }
        boolean others = artifact != null && !artifact.ours();
        return others
                        || file.endsWith(Path.of(Program.TDLIB))
                        || file.endsWith(Path.of("usr/share/doc/tdlib/copyright"))
                ? LIBRARIES
                : PROGRAM;
    }

    /** The layers that have files, in their order. */
    static List<Layer> filled(Map<Layer, Map<String, Path>> layers) {
        return layers.entrySet().stream()
                .filter(layer -> !layer.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }
}
