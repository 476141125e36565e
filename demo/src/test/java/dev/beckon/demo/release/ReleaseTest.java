package dev.beckon.demo.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.demo.Campaigns;
import dev.beckon.demo.Progress;
import dev.beckon.demo.proof.Evidence;
import dev.beckon.demo.proof.KindEvidence;
import dev.beckon.demo.proof.KindProof;
import dev.beckon.demo.proof.Proof;
import dev.beckon.demo.proof.TruthDoor.Post;
import dev.beckon.demo.release.Release.Answer;
import dev.beckon.demo.stage.Manifests;
import dev.beckon.demo.stage.Stage;
import dev.beckon.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One installation, from {@code helm install} to {@code helm uninstall}, and its bad days in between. The cases are in order: each finds what
 * those before it left. People are of one campaign only, so each has been written to once in the end, whatever was killed meanwhile.
 */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReleaseTest {
    private static final Duration FIRST_CAMPAIGN = Duration.ofMinutes(5);
    private static final String CANNOT = "this machine can't run a node of containers";
    private static final String STATE = ".status.state";
    private static final String KINDS = "telegramaccounts,campaigns,parserjobs,autopostschedules";
    private static final String API_SERVER = "kubernetes.default.svc.cluster.local:443";

    private static Release release;

    @BeforeAll
    static void aClusterWithTheImages() {
        Path localCluster = Path.of(Place.property("local-cluster").orElseThrow());
        try {
            release = Release.start(Path.of("target/e2e").toAbsolutePath(), localCluster, new Progress());
        } catch (IllegalStateException problem) {
            boolean skip = Place.property("skip").isPresent()
                    && String.valueOf(problem.getMessage()).contains(CANNOT);
            Assumptions.assumeFalse(skip, "skipped, as was asked for: " + problem.getMessage());
            throw problem;
        }
    }

    @AfterAll
    static void nothingIsLeft() {
        if (release != null) {
            release.close();
        }
    }

    @Test
    @Order(1)
    @Tag("e2e-short")
    void fromHelmInstallToTheFirstFinishedCampaignItTakesLessThanFiveMinutes() {
        TeamWork first = work("first", 3);
        Instant begin = Instant.now();

        release.install(new Values(release).ofOurServers(Map.of()));
        release.apply(Manifests.beside(ReleaseTest.class, "team.yaml") + "---\n" + first.yaml(1));
        release.awaitField(first.reference(), STATE, "Succeeded");

        assertThat(told("helm install to the first finished campaign", begin)).isLessThan(FIRST_CAMPAIGN);
        first.succeeds();
        release.awaitParts();
    }

    @Test
    @Order(2)
    void helmTestAsksTheParts() {
        release.chart().test();

        assertThat(release.kubectl("logs", "beckon-test", "-n", Release.SYSTEM)).isNotBlank();
    }

    @Test
    @Order(3)
    void everyPodWasAdmittedUnderRestrictedAndOneWithMoreIsNot() {
        assertThat(release.kubectl("get", "events", "-A")).doesNotContain("violates PodSecurity");
        assertThat(release.ask(
                        "run",
                        "privileged",
                        "-n",
                        Release.TEAM,
                        "--image=battery/tool:1",
                        "--restart=Never",
                        "--privileged"))
                .matches(answer -> !answer.done())
                .extracting(Answer::said)
                .asString()
                .contains("violates PodSecurity");
    }

    @Test
    @Order(4)
    @Tag("e2e-short")
    void aWorkerReachesItsServersAndNothingElse() throws IOException {
        TeamWork tried = work("tried", 4).declared(12);
        Inside worker = new Inside(release, Release.TEAM, tried.worker(), "worker");
        String here = release.place().address();

        for (int port : List.of(
                release.servers().database().port(),
                release.servers().redisPort(),
                release.servers().telegram().port())) {
            assertThat(worker.connects(here + ":" + port).said()).isEqualTo("connected\n");
        }
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getByName(here))) {
            String door = here + ":" + other.getLocalPort();
            // The same connection from a pod beside it, which no policy is about: what stops the worker is its policy.
            assertThat(stranger().connects(door).said()).isEqualTo("connected\n");
            assertThat(worker.connects(door)).matches(Inside::isBlocked);
        }
        assertThat(worker.connects(API_SERVER)).matches(Inside::isBlocked);
        assertThat(worker.connects(part("operator", "{.items[0].status.podIP}") + ":8080"))
                .matches(Inside::isBlocked);
        tried.succeeds();
    }

    @Test
    @Order(5)
    void noContainerHasAShellOrATokenThatItDoesNotNeedNorWritesToItsRoot() {
        TeamWork searched = work("searched", 3).declared(15);
        Inside worker = new Inside(release, Release.TEAM, searched.worker(), "worker");
        Inside operator = new Inside(release, Release.SYSTEM, pod("operator"), "operator");
        Inside gateway = new Inside(release, Release.SYSTEM, pod("gateway"), "gateway");

        for (Inside each : List.of(worker, gateway)) {
            assertThat(each.readsToken().said()).contains("could not open");
        }
        for (Inside each : List.of(worker, gateway, operator)) {
            for (String program : List.of("/bin/sh", "/bin/bash", "/bin/busybox", "/usr/bin/env")) {
                assertThat(each.executes(program).said()).containsIgnoringCase("no such file");
            }
            for (String file : List.of("/written", "/opt/beckon/written")) {
                assertThat(each.writes(file).said()).contains("Read-only file system");
            }
            assertThat(each.writes("/tmp/written")).matches(Answer::done);
        }
        String telegram =
                release.place().address() + ":" + release.servers().telegram().port();
        assertThat(operator.connects(API_SERVER).said()).isEqualTo("connected\n");
        assertThat(operator.connects(telegram)).matches(Inside::isBlocked);
        assertThat(gateway.connects(API_SERVER)).matches(Inside::isBlocked);
        assertThat(gateway.connects(telegram)).matches(Inside::isBlocked);
        searched.succeeds();
    }

    @Test
    @Order(6)
    void theOperatorsTokenReadsWhatItActsOnAndListsNoSecrets() {
        release.apply(Manifests.beside(ReleaseTest.class, "impostor.yaml"));
        release.kubectl("wait", "pod/impostor", "-n", Release.SYSTEM, "--for=condition=Ready", "--timeout=60s");
        Inside impostor = new Inside(release, Release.SYSTEM, "impostor", "tool");

        assertThat(impostor.executes("/tool", "api", "/apis/beckon.dev/v1alpha1/invitecampaigns"))
                .matches(Answer::done);
        for (String path : List.of(
                "/api/v1/secrets",
                "/api/v1/namespaces/team/secrets",
                "/api/v1/namespaces/kube-system/pods/x/log",
                "/api/v1/nodes",
                "/api/v1/namespaces",
                "/apis/rbac.authorization.k8s.io/v1/clusterroles")) {
            assertThat(impostor.executes("/tool", "api", path).said()).contains("403 ");
        }
        release.kubectl("delete", "pod", "impostor", "-n", Release.SYSTEM, "--timeout=60s");
    }

    @Test
    @Order(7)
    void aParserAScheduleAndALoginByQrCode() {
        release.apply(Manifests.beside(ReleaseTest.class, "kinds.yaml"));
        release.until("the scan of a QR code", ReleaseTest::scanned);
        release.awaitField("telegramaccount/scanner", STATE, "Ready");
        release.awaitField("parserjob/group", STATE, "Succeeded");
        release.awaitField("autopost/news", STATE, "Exhausted");

        assertThat(release.field(Release.TEAM, "telegramaccount/scanner", ".status.user.id"))
                .containsExactly("8000003");
        assertThat(release.truth().posts().stream()
                        .filter(post -> post.chat().equals("@release_news"))
                        .map(Post::text))
                .containsExactly("The first of the news of the release.");
        Campaigns declared = release.declared();
        try (Ledger ledger = release.servers().ledger()) {
            KindEvidence evidence =
                    KindEvidence.gather(declared.parsers(), declared.schedules(), ledger, release.truth());
            assertThat(KindProof.verdict(evidence).disagreements()).isEmpty();
        }
    }

    @Test
    @Order(8)
    @Tag("e2e-short")
    void aWorkerThatIsKilledIsReplacedByOneThatGoesOn() {
        TeamWork killed = work("killed", 4).declared(4);

        release.place().killWorker(killed.inTheMiddle());

        killed.succeeds();
    }

    @Test
    @Order(9)
    void aWorkerThatIsEvictedGivesItsAccountBack() {
        TeamWork drained = work("drained", 4).declared(4);
        String node = release.field(Release.TEAM, "pod/" + drained.inTheMiddle(), ".spec.nodeName")
                .getFirst();

        release.kubectl(
                "drain",
                node,
                "--pod-selector=app.kubernetes.io/managed-by=beckon",
                "--delete-emptydir-data",
                "--ignore-daemonsets",
                "--timeout=90s");
        release.kubectl("uncordon", node);

        drained.succeeds();
    }

    @Test
    @Order(10)
    void aWorkerThatTheKernelKillsForItsMemoryIsReplaced() {
        TeamWork greedy = work("greedy", 4);
        release.apply(greedy.yaml(8) + """
                  worker:
                    resources: {requests: {cpu: 100m, memory: 192Mi}, limits: {memory: 192Mi}}
                """);

        Inside worker = new Inside(release, Release.TEAM, greedy.inTheMiddle(), "worker");
        assertThat(worker.exhausts(192)).isTrue();

        greedy.succeeds();
    }

    @Test
    @Order(11)
    void anUpgradeReplacesTheOperatorAndNoWorker() {
        TeamWork upgraded = work("upgraded", 4).declared(10);
        String worker = upgraded.inTheMiddle();
        String operator = pod("operator");

        release.chart().upgrade(new Values(release).ofOurServers(Map.of("e2e", "upgraded")));
        release.awaitParts();
        release.until("the operator's new pods", () -> !pod("operator").equals(operator));

        upgraded.succeeds();
        // The first worker did it all.
        assertThat(upgraded.pods()).containsExactly(worker);
    }

    @Test
    @Order(12)
    void aNodeThatLosesItsPowerGoesOnWithItsCampaign() {
        Assumptions.assumeTrue(
                release.place() instanceof Place.OwnNode,
                "Only the node of this machine can be killed: on another cluster this case is left out.");
        TeamWork dark = work("dark", 4).declared(4);
        dark.inTheMiddle();

        release.place().cluster().kill("node", Duration.ofSeconds(3));

        dark.succeeds();
        release.awaitParts();
    }

    @Test
    @Order(13)
    @Tag("e2e-short")
    void telegramLedgerAndStatusAgreeOnEveryPerson() {
        Campaigns declared = release.declared();
        AtomicReference<Evidence> evidence = new AtomicReference<>();
        try (Ledger ledger = release.servers().ledger()) {
            // Within a minute.
            release.until("every account's status tells its last use", () -> {
                evidence.set(Evidence.gather(
                        declared.all(), declared.accounts(), declared.files(), ledger, release.truth()));
                return evidence.get().usageIsTold();
            });
        }

        assertThat(Proof.verdict(evidence.get()).disagreements()).isEmpty();
    }

    @Test
    @Order(14)
    void uninstallLeavesWhatPeopleDeclared() {
        JsonNode before = release.object("get", KINDS, "-n", Release.TEAM).path("items");

        release.chart().uninstall();

        release.until(
                "no part of it runs",
                () -> Stream.of("operator", "gateway")
                        .allMatch(
                                part -> part(part, "{.items[*].metadata.name}").isEmpty()));
        assertThat(before).isNotEmpty();
        assertThat(release.object("get", KINDS, "-n", Release.TEAM).path("items"))
                .hasSameSizeAs(before);
    }

    /** Last, since it wants the names of all that was before it. */
    @Test
    @Order(15)
    void aTrialNeedsNothingButTheChart() {
        release.forget();
        Path images = release.folder().resolve("trial.tar");
        new TrialImage(
                        Stage.checkout().resolve(".build/e2e/trial"),
                        release.folder().resolve("trial"))
                .write(images);
        release.place().load(images);
        TeamWork trial = work("trial", 3);
        Instant begin = Instant.now();

        release.install(new Values(release).ofATrial());
        release.apply(Manifests.beside(ReleaseTest.class, "team.yaml") + "---\n" + trial.yaml(1));
        release.awaitField(trial.reference(), STATE, "Succeeded");

        assertThat(told("the same with the chart's trial, its database included", begin))
                .isLessThan(FIRST_CAMPAIGN);
        trial.succeeds();
        release.chart().test();
    }

    /** The time since then, which `make e2e` prints. */
    private static Duration told(String what, Instant begin) {
        Duration taken = Duration.between(begin, Instant.now());
        try {
            Files.writeString(
                    release.folder().resolve("told.txt"),
                    what + ": " + taken.toSeconds() + " s\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return taken;
    }

    private static TeamWork work(String name, int people) {
        return new TeamWork(release, name, people);
    }

    private static String pod(String part) {
        return part(part, "{.items[0].metadata.name}");
    }

    /** Of the running pods of a part of the release. */
    private static String part(String part, String path) {
        return release.kubectl(
                "get",
                "pods",
                "-n",
                Release.SYSTEM,
                "-l",
                "app.kubernetes.io/name=beckon-" + part,
                "--field-selector=status.phase=Running",
                "-o",
                "jsonpath=" + path);
    }

    /** A pod in the team's namespace that is none of Beckon's. */
    private static Inside stranger() {
        release.apply(Manifests.beside(ReleaseTest.class, "stranger.yaml"));
        release.kubectl("wait", "pod/stranger", "-n", Release.TEAM, "--for=condition=Ready", "--timeout=60s");
        return new Inside(release, Release.TEAM, "stranger", "tool");
    }

    /** Whether Telegram took the scan of the code that the account shows now. */
    private static boolean scanned() {
        List<String> link = release.field(Release.TEAM, "telegramaccount/scanner", ".status.login.qrLink");
        return !link.isEmpty() && release.phones().scan("8000003", link.getFirst());
    }
}
