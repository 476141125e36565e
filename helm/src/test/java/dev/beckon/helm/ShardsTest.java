package dev.beckon.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several operators on one cluster, by one release each, as docs/helm.md tells it. */
class ShardsTest {
    @TempDir
    private Path folder;

    private Map<String, JsonNode> release(String name, String values) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".yaml"), values);
        TemplateCommand template = new Helm(Chart.FOLDER)
                .template()
                .withName(name)
                .withNamespace(name)
                .withKubeVersion("1.35.4")
                .withValuesFile(file);
        return Chart.objects(template.call());
    }

    private static String namespace(JsonNode object) {
        return object.at("/metadata/namespace").asText();
    }

    private Map<String, JsonNode> first() throws IOException {
        return release("beckon-a", "{nameOverride: beckon-a, watchNamespaces: [team-a]}");
    }

    private Map<String, JsonNode> another() throws IOException {
        return release("beckon-b", """
                nameOverride: beckon-b
                watchNamespaces: [team-b]
                crds: {install: false}
                retention: {enabled: false}
                people: {aggregateRoles: false}
                """);
    }

    @Test
    void noTwoReleasesHaveAnObjectInCommon() throws IOException {
        assertThat(another().keySet()).doesNotContainAnyElementsOf(first().keySet());
    }

    /** The lease's name is always the same, so its namespace must not be. */
    @Test
    void eachHasItsLeaseInANamespaceOfItsOwnAndRightsInTheOneThatItWatches() throws IOException {
        Map<String, JsonNode> first = first();
        Map<String, JsonNode> another = another();

        assertThat(first.values().stream().filter(ShardsTest::isOfLeases).map(ShardsTest::namespace))
                .containsExactly("beckon-a");
        assertThat(another.values().stream().filter(ShardsTest::isOfLeases).map(ShardsTest::namespace))
                .containsExactly("beckon-b");
        assertThat(another.values().stream().filter(ShardsTest::isOfJobs).map(ShardsTest::namespace))
                .containsExactly("team-b");
    }

    /** It looks at the whole ledger, which they share. */
    @Test
    void retentionIsOneReleases() throws IOException {
        assertThat(first().values())
                .filteredOn(it -> it.get("kind").asText().equals("CronJob"))
                .hasSize(1);
        assertThat(another().values())
                .filteredOn(it -> it.get("kind").asText().equals("CronJob"))
                .isEmpty();
    }

    private static boolean isOfLeases(JsonNode object) {
        return object.path("rules").toString().contains("\"leases\"");
    }

    private static boolean isOfJobs(JsonNode object) {
        return object.path("rules").toString().contains("\"jobs\"");
    }
}
