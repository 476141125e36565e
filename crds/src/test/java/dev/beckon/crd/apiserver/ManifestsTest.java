package dev.beckon.crd.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class ManifestsTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path state;

    private static final Path EXAMPLES = Path.of("../examples");
    private static final String NAMESPACE =
            "crds-" + UUID.randomUUID().toString().substring(0, 8);
    private static RealCluster cluster;
    private static KubernetesClient client;

    @BeforeAll
    static void applyTheDefinitions() throws Exception {
        cluster = RealCluster.connect(state);
        client = cluster.client();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/crds"))) {
            for (Path file : files.toList()) {
                CustomResourceDefinition definition = client.getKubernetesSerialization()
                        .unmarshal(Files.newInputStream(file), CustomResourceDefinition.class);
                client.resource(definition).forceConflicts().serverSideApply();
                client.resource(definition).waitUntilCondition(ManifestsTest::isEstablished, 2, TimeUnit.MINUTES);
            }
        }
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            client.namespaces().withName(NAMESPACE).delete();
            cluster.stop();
        }
    }

    @TestFactory
    Stream<DynamicTest> validManifestsAreTaken() {
        return Manifest.in("valid").stream()
                .map(manifest -> DynamicTest.dynamicTest(manifest.name(), () -> {
                    GenericKubernetesResource taken = apply(manifest);
                    assertThat(taken.getMetadata().getName())
                            .isEqualTo(
                                    manifest.documents().getLast().getMetadata().getName());
                }));
    }

    @TestFactory
    Stream<DynamicTest> invalidManifestsAreRefusedWithTheirSentence() {
        return Manifest.in("invalid").stream()
                .map(manifest -> DynamicTest.dynamicTest(manifest.name(), () -> {
                    String expected = manifest.refusal().orElseThrow();
                    KubernetesClientException refusal =
                            catchThrowableOfType(KubernetesClientException.class, () -> apply(manifest));

                    assertThat(refusal).as("it was taken").isNotNull();
                    assertThat(refusal.getStatus().getMessage()).contains(fieldAndSentence(expected));
                }));
    }

    /** Also what is not ours in them, such as the steward's Jobs: each document is judged by the API server. */
    @TestFactory
    Stream<DynamicTest> theExamplesAreTaken() {
        List<Manifest> examples = Manifest.read(EXAMPLES);
        assertThat(examples)
                .extracting(manifest -> EXAMPLES.relativize(manifest.file()).getParent())
                .as("folders")
                .contains(
                        null,
                        Path.of("parser"),
                        Path.of("suppression"),
                        Path.of("webhook"),
                        Path.of("gitops/team/campaigns"));
        return examples.stream()
                .flatMap(manifest -> manifest.documents().stream()
                        .map(document -> DynamicTest.dynamicTest(
                                EXAMPLES.relativize(manifest.file()) + ", " + document.getKind() + " "
                                        + document.getMetadata().getName(),
                                () -> assertThat(dry(resource(hereOnly(document)))
                                                .create())
                                        .isNotNull())));
    }

    /** Some name the namespace of an installation, which this cluster does not have. */
    private static GenericKubernetesResource hereOnly(GenericKubernetesResource document) {
        document.getMetadata().setNamespace(NAMESPACE);
        return document;
    }

    @Test
    void whatIsLeftOutGetsTheDefaultsThatTheModelKnows() {
        Manifest minimal = Manifest.in("valid").stream()
                .filter(manifest -> manifest.name().equals("campaign-minimal.yaml"))
                .findFirst()
                .orElseThrow();

        GenericKubernetesResource taken = apply(minimal);

        assertThat(taken.<String>get("spec", "mode")).isEqualTo("InviteOrLink");
        assertThat(taken.<Map<String, Object>>get("spec", "pacing", "delay"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("min", "30s", "max", "90s"));
        assertThat(taken.<Map<String, Object>>get("spec", "pacing", "window"))
                .containsEntry("start", "09:00")
                .containsEntry("end", "20:00");
    }

    /** Dry, but for the first document of an update, which stands on the cluster while the second is judged. */
    private static GenericKubernetesResource apply(Manifest manifest) {
        if (manifest.documents().size() == 1) {
            return dry(resource(manifest.documents().getFirst())).create();
        }
        GenericKubernetesResource before = manifest.documents().getFirst();
        Resource<GenericKubernetesResource> standing = resource(before);
        try {
            GenericKubernetesResource created = standing.create();
            created.setAdditionalProperty(
                    "status", before.getAdditionalProperties().get("status"));
            resource(created).updateStatus();
            return dry(resource(manifest.documents().getLast())).update();
        } finally {
            standing.withGracePeriod(0).delete();
        }
    }

    /** As kubectl does it: an unknown field is refused, not dropped. */
    private static NonDeletingOperation<GenericKubernetesResource> dry(Resource<GenericKubernetesResource> resource) {
        return resource.dryRun().fieldValidation(Validation.STRICT);
    }

    private static Resource<GenericKubernetesResource> resource(GenericKubernetesResource document) {
        return client.resource(document).inNamespace(NAMESPACE);
    }

    /** Between field and sentence the API server writes what kind of error it is, and the value. */
    private static List<String> fieldAndSentence(String expected) {
        int colon = expected.indexOf(": ");
        boolean field = colon > 0 && !expected.substring(0, colon).contains(" ");
        return field ? List.of(expected.substring(0, colon + 1), expected.substring(colon + 2)) : List.of(expected);
    }

    /** A definition seen in its first moments has a status without conditions yet. */
    private static boolean isEstablished(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }
}
