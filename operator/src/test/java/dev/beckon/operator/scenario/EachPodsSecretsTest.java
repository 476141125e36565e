package dev.beckon.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of every pod that the scenarios have the operator make: no token, no right that it does not need, and the Secrets of its own run only. */
class EachPodsSecretsTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");

    /** What each task's pods may mount, by the volume's name; else a worker that publishes could read how to log in. */
    private static final Map<String, Set<String>> VOLUMES = Map.of(
            "login", Set.of("login"),
            "check", Set.of(),
            "logout", Set.of(),
            "invite", Set.of("audience", "audience-header"),
            "parse", Set.of("export"),
            "publish", Set.of("posts", "images-0"));

    private static final Set<String> EVERYBODYS = Set.of("work-order", "ledger", "telegram-app", "proxy");

    private static final Set<String> IN_MEMORY = Set.of("session", "tmp");

    static Stream<Path> owners() throws IOException {
        try (Stream<Path> files = Files.walk(SCENARIOS, 2)) {
            return files
                    .filter(file -> file.getFileName().toString().matches("out-(job|cronjob|deployment)-.*\\.yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aPodHasNoTokenNoRightAndItsOwnSecretsOnly(String kind) throws IOException {
        List<Path> files = owners().filter(file -> file.getFileName().toString().startsWith("out-" + kind + "-"))
                .toList();
        int pods = 0;
        for (Path file : files) {
            JsonNode template = template(YAML.readTree(file.toFile()));
            // What stood in the scenario already, and is not ours, has no more than it needs there.
            if (template.at("/spec/volumes").isArray()) {
                assertSound(file.toString(), template);
                pods++;
            }
        }
        assertThat(pods).isPositive();
    }

    static List<String> kinds() {
        return List.of("job", "cronjob", "deployment");
    }

    private static JsonNode template(JsonNode owner) {
        JsonNode job = owner.at("/spec/jobTemplate");
        return (job.isMissingNode() ? owner : job).at("/spec/template");
    }

    private static void assertSound(String file, JsonNode template) {
        JsonNode pod = template.path("spec");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                .as(file)
                .isFalse();
        assertThat(pod.path("enableServiceLinks").asBoolean(true)).as(file).isFalse();
        assertThat(pod.path("securityContext").path("runAsNonRoot").asBoolean())
                .as(file)
                .isTrue();
        for (String shared : List.of("hostNetwork", "hostPID", "hostIPC", "serviceAccountName")) {
            assertThat(pod.has(shared)).as(file + " " + shared).isFalse();
        }
        String task =
                template.path("metadata").path("labels").path("beckon.dev/task").asText();
        for (JsonNode volume : pod.path("volumes")) {
            assertVolume(file, task, volume);
        }
        assertThat(pod.path("containers")).as(file).hasSize(1);
        assertContainer(file, pod.path("containers").path(0));
    }

    private static void assertVolume(String file, String task, JsonNode volume) {
        String name = volume.path("name").asText();
        if (IN_MEMORY.contains(name)) {
            assertThat(volume.at("/emptyDir/medium").asText()).as(file).isEqualTo("Memory");
            return;
        }
        assertThat(VOLUMES).as(file).containsKey(task);
        // Under the right name another Secret would pass.
        String secret = volume.at("/secret/secretName").asText();
        assertThat(secret.equals("beckon-worker")).as(file + " " + name).isEqualTo(name.equals("ledger"));
        if (name.equals("work-order")) {
            assertThat(secret).as(file).matches("(spring|our-group|news|alice|bob)(-[a-z0-9]+)*(-HASH)?");
        }
        if (!EVERYBODYS.contains(name)) {
            assertThat(VOLUMES.get(task)).as(file).contains(name);
        }
        assertThat(volume.has("secret") || volume.has("configMap") || volume.has("persistentVolumeClaim"))
                .as(file + " " + name)
                .isTrue();
    }

    private static void assertContainer(String file, JsonNode container) {
        JsonNode context = container.path("securityContext");
        assertThat(context.path("allowPrivilegeEscalation").asBoolean(true))
                .as(file)
                .isFalse();
        assertThat(context.path("readOnlyRootFilesystem").asBoolean()).as(file).isTrue();
        assertThat(context.at("/capabilities/drop/0").asText()).as(file).isEqualTo("ALL");
        // A Secret in the environment is inherited by every child, and stands in what a debugger prints.
        assertThat(container.has("envFrom")).as(file).isFalse();
        assertThat(StreamSupport.stream(container.path("env").spliterator(), false))
                .as(file)
                .noneMatch(variable -> variable.at("/valueFrom").has("secretKeyRef"));
        for (JsonNode mount : container.path("volumeMounts")) {
            String name = mount.path("name").asText();
            boolean written = IN_MEMORY.contains(name) || name.equals("export");
            assertThat(mount.path("readOnly").asBoolean()).as(file + " " + name).isEqualTo(!written);
        }
    }
}
