package dev.beckon.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the chart of the release before rendered, as a chart of its own, so that Helm knows it as a revision. */
final class PreviousRelease {
    private static final Path FOLDER = Path.of("src/test/resources/releases");

    private PreviousRelease() {}

    /** Makes the chart in a folder that is not there yet; without hooks, which are of no revision, and kinds that this cluster does not have. */
    static Path chart(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("templates"));
        Files.writeString(folder.resolve("Chart.yaml"), "{apiVersion: v2, name: beckon, version: 0.0.1}\n");
        Files.writeString(
                folder.resolve("templates/all.yaml"),
                Chart.objects(Chart.text(newest())).values().stream()
                        .filter(object -> !object.at("/metadata/annotations").has("helm.sh/hook"))
                        .filter(object -> !object.get("apiVersion").asText().startsWith("monitoring.coreos.com/"))
                        .map(JsonNode::toString)
                        .collect(Collectors.joining("\n---\n")));
        return folder;
    }

    private static Path newest() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.max(Comparator.comparing(
                            file -> Version.parse(file.getFileName().toString().replace(".yaml", ""))))
                    .orElseThrow();
        }
    }
}
