package dev.beckon.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder of {@code scenarios/} is a state of the cluster and the ledger ({@code in-*.yaml}; {@code in-edit.yaml} is an edit
 * of it; {@code in-forbidden.yaml} lists paths that the operator may not get) and what the operator makes of it ({@code out-*.yaml}); a file that plays no part fails the test. {@code -Dscenarios.write=true} writes what came out,
 * to be read before it is committed.
 */
class ScenarioTest {
    private static final Path FOLDER = Path.of("src/test/resources/scenarios");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
            .build();

    /** What the server answers without a look at what it stores. */
    private static final Map<ServerRequest, Queue<ServerResponse>> ANSWERS = new HashMap<>();

    private static final KubernetesMixedDispatcher STORAGE = new KubernetesMixedDispatcher(ANSWERS);
    private static final KubernetesMockServer SERVER =
            new KubernetesMockServer(new Context(), new MockWebServer(), ANSWERS, STORAGE, false);
    private static final Writes WRITES = new Writes();

    /** The server tells of every request; strongly held, or its level would be forgotten. */
    private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

    private static KubernetesClient client;

    @TestFactory
    Stream<DynamicTest> scenarios() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> run(folder)));
        }
    }

    @BeforeAll
    static void startServer() {
        SERVER_LOG.setLevel(Level.WARNING);
        SERVER.init();
        try (KubernetesClient hasty = SERVER.createClient()) {
            // A machine that is busy with other tests answers late.
            client = new KubernetesClientBuilder()
                    .withConfig(new ConfigBuilder(hasty.getConfiguration())
                            .withRequestTimeout(60_000)
                            .build())
                    .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("writes", WRITES))
                    .build();
        }
    }

    @AfterAll
    static void stopServer() {
        client.close();
        SERVER.destroy();
    }

    private static void run(Path folder) throws IOException {
        STORAGE.reset();
        ANSWERS.clear();
        SERVER.expectCustomResource(CustomResourceDefinitionContext.fromCustomResourceType(InviteCampaign.class));
        SERVER.expectCustomResource(CustomResourceDefinitionContext.fromCustomResourceType(TelegramAccount.class));
        SERVER.expectCustomResource(CustomResourceDefinitionContext.fromCustomResourceType(ParserJob.class));
        SERVER.expectCustomResource(CustomResourceDefinitionContext.fromCustomResourceType(AutopostSchedule.class));
        Uids uids = new Uids();
        JsonNode ledger = YAML.createObjectNode();
        Map<String, String> given = new TreeMap<>();
        for (Path file : inOrder(files(folder, "in-"))) {
            String text = Placeholders.fill(uids.toServer(Files.readString(file)), client);
            if (file.getFileName().toString().equals("in-ledger.yaml")) {
                ledger = YAML.readTree(text);
            } else if (file.getFileName().toString().equals("in-status.yaml")) {
                putStatus(text);
            } else if (file.getFileName().toString().equals("in-forbidden.yaml")) {
                YAML.readTree(text).forEach(path -> forbid(path.asText()));
            } else if (file.getFileName().toString().startsWith("in-edit")) {
                edit(text);
            } else {
                put(client, uids, text, given);
            }
        }
        FakeLedger fake = new FakeLedger(ledger);
        // The ledger's file also says whether there is a Redis, by which workers tell of the ledger.
        World world = new World(client, fake, ledger.path("redis").asBoolean(true), WRITES);
        world.settle();
        Map<String, String> outcome = outcome(world, fake, given);
        outcome.replaceAll((name, text) -> uids.toFile(text));
        compare(folder, outcome);
    }

    /** What others refer to comes first: the ledger names pods, and an edit is last. */
    private static List<Path> inOrder(List<Path> files) {
        return files.stream()
                .sorted(Comparator.comparingInt(ScenarioTest::turn))
                .toList();
    }

    private static int turn(Path file) {
        String name = file.getFileName().toString();
        if (name.startsWith("in-edit")) {
            return 3;
        }
        if (name.equals("in-ledger.yaml")) {
            return 2;
        }
        return name.matches("in-(cronjob|deployment|job|pod|status).*") ? 1 : 0;
    }

    private static void forbid(String path) {
        SERVER.expect().get().withPath(path).andReturn(403, "{}").always();
    }

    /** As {@code kubectl patch --type=merge} does, when everything else stands: its Jobs were made before. */
    private static void edit(String text) throws IOException {
        ObjectNode merge = (ObjectNode) YAML.readTree(text);
        GenericKubernetesResource edited =
                client.getKubernetesSerialization().convertValue(merge, GenericKubernetesResource.class);
        client.resource(edited).patch(PatchContext.of(PatchType.JSON_MERGE), merge.toString());
    }

    /** A status that holds digests of what the other files say. */
    private static void putStatus(String text) {
        if (text.contains("kind: ParserJob")) {
            putStatus(text, ParserJob.class);
        } else if (text.contains("kind: AutopostSchedule")) {
            putStatus(text, AutopostSchedule.class);
        } else {
            putStatus(text, TelegramAccount.class);
        }
    }

    private static <R extends CustomResource<?, ?>> void putStatus(String text, Class<R> type) {
        R said = client.getKubernetesSerialization().unmarshal(text, type);
        client.resources(type)
                .inNamespace(said.getMetadata().getNamespace())
                .withName(said.getMetadata().getName())
                .editStatus(stored -> Copy.withStatusOf(stored, said));
    }

    private static void put(KubernetesClient client, Uids uids, String text, Map<String, String> given) {
        List<HasMetadata> all = client.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .items();
        assertThat(all).as("objects in\n" + text).isNotEmpty();
        for (HasMetadata object : all) {
            String wanted = object.getMetadata().getUid();
            HasMetadata stored = client.resource(object).create();
            uids.learn(wanted, stored.getMetadata().getUid());
            given.put(key(stored), text(stored));
            if (object.getMetadata().getDeletionTimestamp() != null) {
                // Only a deletion marks it; its finalizer keeps it.
                client.resource(stored).delete();
            }
        }
    }

    /** What differs from what was given, and what was asked of the ledger. */
    private static Map<String, String> outcome(World world, FakeLedger ledger, Map<String, String> given) {
        Map<String, String> outcome = new TreeMap<>();
        Map<String, String> events = new TreeMap<>();
        TreeSet<String> now = new TreeSet<>();
        for (HasMetadata object : world.everything()) {
            now.add(key(object));
            String name = object.getMetadata().getName();
            switch (object) {
                case InviteCampaign campaign ->
                    outcome.put("out-campaign-" + name + ".yaml", yaml(campaign.getStatus()));
                case TelegramAccount account -> outcome.put("out-account-" + name + ".yaml", yaml(account.getStatus()));
                case ParserJob parser -> outcome.put("out-parser-" + name + ".yaml", yaml(parser.getStatus()));
                case AutopostSchedule schedule ->
                    outcome.put("out-autopost-" + name + ".yaml", yaml(schedule.getStatus()));
                case CronJob cron
                when !text(cron).equals(given.get(key(cron))) ->
                    outcome.put("out-cronjob-" + Uids.withoutDigests(name) + ".yaml", yaml(clean(cron)));
                case Deployment deployment
                when !text(deployment).equals(given.get(key(deployment))) ->
                    outcome.put("out-deployment-" + Uids.withoutDigests(name) + ".yaml", yaml(clean(deployment)));
                case Pod pod
                when !text(pod).equals(given.get(key(pod))) ->
                    outcome.put("out-pod-" + name + ".yaml", yaml(clean(pod)));
                case Event event ->
                    events.put(
                            event.getInvolvedObject().getName() + " " + event.getReason(),
                            event.getType() + ": " + event.getMessage());
                case Job job
                when !text(job).equals(given.get(key(job))) ->
                    outcome.put("out-job-" + Uids.withoutDigests(name) + ".yaml", yaml(clean(job)));
                case Secret secret
                when !text(secret).equals(given.get(key(secret))) ->
                    outcome.put("out-secret-" + Uids.withoutDigests(name) + ".yaml", yaml(clean(secret)));
                default -> {}
            }
        }
        Map<String, Object> rest = new TreeMap<>();
        rest.put("events", events);
        rest.put("lookAgain", world.timers());
        rest.put("askedOfLedger", ledger.asked());
        rest.put(
                "removed",
                given.keySet().stream()
                        .filter(key -> !now.contains(key)
                                && !key.matches("(Pod|ConfigMap|Namespace|PersistentVolumeClaim)/.*"))
                        .toList());
        outcome.put("out-rest.yaml", yaml(rest));
        return outcome;
    }

    private static void compare(Path folder, Map<String, String> outcome) throws IOException {
        if (Boolean.getBoolean("scenarios.write")) {
            for (Path file : files(folder, "out-")) {
                Files.delete(file);
            }
            for (Map.Entry<String, String> entry : outcome.entrySet()) {
                Files.writeString(folder.resolve(entry.getKey()), entry.getValue());
            }
        }
        Map<String, String> expected = new TreeMap<>();
        for (Path file : files(folder, "out-")) {
            expected.put(file.getFileName().toString(), Files.readString(file));
        }
        assertThat(outcome.keySet()).as("files of %s", folder).isEqualTo(expected.keySet());
        expected.forEach((name, text) -> assertThat(outcome.get(name)).as(name).isEqualTo(text));
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all.map(it -> it.getFileName().toString())).allMatch(it -> it.matches("(in|out)-.*[.]yaml"));
        }
    }

    private static List<Path> files(Path folder, String prefix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(it -> it.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }

    private static String text(HasMetadata object) {
        return yaml(clean(object));
    }

    private static ObjectNode clean(HasMetadata object) {
        ObjectNode node = YAML.valueToTree(object);
        ObjectNode metadata = (ObjectNode) node.get("metadata");
        metadata.remove(List.of("resourceVersion", "creationTimestamp", "generation", "uid", "managedFields"));
        return node;
    }

    private static String yaml(Object value) {
        try {
            return YAML.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
