package dev.beckon.crd.apiserver;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A manifest of {@code valid/} or {@code invalid/}: one document, or two of which the first stands on the cluster when the
 * second is applied.
 *
 * @param refusal what the API server must answer: {@code field: sentence}
 */
record Manifest(Path file, List<GenericKubernetesResource> documents, Optional<String> refusal) {
    private static final String REFUSED = "# refused: ";
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    static List<Manifest> in(String folder) {
        return read(Path.of("src/test/resources/dev/beckon/crd", folder));
    }

    /** Kubernetes has them only where somebody has installed Argo CD or Flux; of theirs are the files named {@code kustomization.yaml}, too. */
    private static final List<Path> OTHERS = List.of(Path.of("gitops/argocd"), Path.of("gitops/flux"));

    /** Of the folder and all below it. World files and configurations of others, in folders named {@code worlds} and {@code monitoring}, are no manifests. */
    static List<Manifest> read(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.getParent().endsWith("worlds")
                            && !file.getParent().endsWith("monitoring"))
                    .filter(file -> !file.endsWith("kustomization.yaml"))
                    .filter(file -> OTHERS.stream().noneMatch(folder.relativize(file)::startsWith))
                    .sorted()
                    .map(Manifest::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Manifest of(Path file) {
        try {
            String text = Files.readString(file);
            Optional<String> refusal = text.lines()
                    .findFirst()
                    .filter(line -> line.startsWith(REFUSED))
                    .map(l -> l.substring(REFUSED.length()));
            List<GenericKubernetesResource> documents = Stream.of(text.split("(?m)^---$"))
                    .map(document -> YAML.unmarshal(document, GenericKubernetesResource.class))
                    .toList();
            return new Manifest(file, documents, refusal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return file.getFileName().toString();
    }
}
