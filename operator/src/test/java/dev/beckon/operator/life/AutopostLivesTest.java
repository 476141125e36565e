package dev.beckon.operator.life;

import static dev.beckon.operator.life.RealWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.AutopostScheduleStatus.Outcome;
import dev.beckon.crd.AutopostScheduleStatus.State;
import dev.beckon.crd.AutopostScheduleStatus.TargetOutcome;
import dev.beckon.crd.AutopostScheduleStatus.UnknownOutcome;
import dev.beckon.crd.InviteCampaignStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Lives of autopost schedules, with the real CronJob controller, side by side, each in a namespace of its own. */
@Tag("integration")
@Execution(ExecutionMode.CONCURRENT)
class AutopostLivesTest {
    private static final String YEARLY = "0 0 1 1 *";

    private static final String GOOD_MORNING = "Good morning to everybody who reads us";
    private static final String FIRST = "The first post of this channel";
    private static final String SECOND = "The second post of this channel";

    /** Longer than a schedule of every minute, and its worker, take. */
    private static final Duration MINUTE = Duration.ofMinutes(1).plus(RealWorld.PATIENCE);

    private final RealWorld world = RealWorld.get();

    @AfterAll
    static void noAccountEverHadTwoWorkers() {
        assertThat(RealWorld.get().attendance().violations()).isEmpty();
    }

    @AfterAll
    static void nobodyAndNoSecretStandsInWhatWasPrintedOrWritten() {
        assertThat(new WorldLeaks(RealWorld.get()).findings()).isEmpty();
    }

    /** The minute; while it waits the account works on a campaign, which yields. */
    @Test
    void onThePostsMinuteACampaignYieldsTheAccount() throws Exception {
        Team team = Team.ready(world, "post-minute");
        team.posts(Map.of("01.md", GOOD_MORNING));
        // More people than a worker reaches before the minute.
        team.campaign("spring", "slow", 300);
        team.works("spring");
        Instant next = schedule(team, "quick", "* * * * *", "");

        Awaitility.await("the post of the minute is published")
                .atMost(MINUTE)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> status(team).lastPublishTime() != null);

        AutopostScheduleStatus status = status(team);
        assertThat(status.lastPublishTime()).isAfterOrEqualTo(next);
        assertThat(status.lastPost().text()).isEqualTo(GOOD_MORNING);
        assertThat(status.lastPost().link()).startsWith("https://t.me/script_quick/");
        eventually("every post was used", () -> status(team).state() == State.Exhausted);
        assertThat(status(team).progress().summary()).isEqualTo("1/1");
        assertThat(team.campaign("spring").getStatus().state()).isNotEqualTo(InviteCampaignStatus.State.Succeeded);
        eventually("nothing is due without a post", () -> status(team).nextPublishTime() == null);

        // Other tests count what is written meanwhile: nothing of this one goes on each minute.
        for (String made : List.of("autopost/news", "campaign/spring")) {
            world.cluster().command("kubectl", "delete", made, "-n", team.namespace(), "--cascade=foreground");
        }
        eventually("no Job is left at work", () -> team.livePods() == 0);
    }

    /** A pod that only looks whether there is a post would come every minute. */
    @Test
    void anExhaustedScheduleStartsNoPodAndGoesOnWithAPostThatIsAdded() throws Exception {
        Team team = Team.ready(world, "post-exhausted");
        team.posts(Map.of("01.md", "One"));
        schedule(team, "quick", "* * * * *", "");
        Awaitility.await("the only post is published")
                .atMost(MINUTE)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> status(team).state() == State.Exhausted);
        long pods = team.came("publish", "alice");
        String due = cron(team).getStatus().getLastScheduleTime();

        Awaitility.await("the next minute came, and its Job went")
                .atMost(MINUTE)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> !cron(team).getStatus().getLastScheduleTime().equals(due)
                        && jobs(team).stream().allMatch(job -> job.getStatus().getCompletionTime() != null));
        assertThat(status(team).state()).isEqualTo(State.Exhausted);
        assertThat(status(team).nextPublishTime()).isNull();
        assertThat(status(team).missed()).isNull();
        assertThat(team.came("publish", "alice")).isEqualTo(pods);
        // The CronJob is suspended by spec.suspend alone.
        assertThat(cron(team).getSpec().getSuspend()).isFalse();

        world.client()
                .configMaps()
                .inNamespace(team.namespace())
                .withName("posts")
                .edit(map -> new ConfigMapBuilder(map).addToData("02.md", "Two").build());
        Awaitility.await("the added post is published on its minute")
                .atMost(MINUTE)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> "Two".equals(status(team).lastPost().text()));
        eventually("it is exhausted again", () -> status(team).state() == State.Exhausted);
        assertThat(team.came("publish", "alice")).isEqualTo(pods + 1);
        world.cluster()
                .command("kubectl", "delete", "autopost", "news", "-n", team.namespace(), "--cascade=foreground");
    }

    @Test
    void aPersonPublishesNowAndEachWordWorksOnce() throws Exception {
        Team team = Team.ready(world, "post-now");
        team.posts(Map.of("01.md", FIRST, "02.md", SECOND));
        schedule(team, "quick", YEARLY, "");

        world.cluster()
                .command(
                        "kubectl",
                        "annotate",
                        "autopost",
                        "news",
                        "beckon.dev/publish-now=first",
                        "-n",
                        team.namespace());
        says(team, "LastAction", "Published");
        assertThat(status(team).lastPost().text()).isEqualTo(FIRST);
        assertThat(status(team).publishNow()).isEqualTo("first");
        assertThat(status(team).progress().summary()).isEqualTo("1/2");

        annotate(team, "second");
        eventually(
                "the second is published",
                () -> SECOND.equals(status(team).lastPost().text()));
        says(team, "LastAction", "Published");

        // The ledger remembers the first word, though the status knows only the last.
        annotate(team, "first");
        says(team, "LastAction", "AnnotationRefused");
        assertThat(status(team).progress().published()).isEqualTo(2);
        assertThat(told(team, "Published")).hasSize(2);
        eventually("no Job is left at work", () -> team.livePods() == 0);
        world.cluster()
                .command("kubectl", "delete", "autopost", "news", "-n", team.namespace(), "--cascade=foreground");
        assertThat(jobs(team)).isEmpty();
        assertThat(team.workOrders()).isEmpty();
    }

    @Test
    void aPostInTwoChatsGoesOnAfterAFloodWait() {
        Team team = Team.ready(world, "post-waits");
        team.posts(Map.of("01.md", "Hello to both of our chats"));
        schedule(team, "waits", YEARLY, "targets: [\"@script_waits\", \"@second_chat\"]");
        annotate(team, "go");

        eventually("it waits", () -> status(team).state() == State.Waiting);
        assertThat(status(team).waitingFor()).isEqualTo("FloodWait");
        says(team, "LastAction", "Published");

        assertThat(status(team).progress().published()).isEqualTo(2);
        eventually("both targets say so", () -> outcomes(team).equals(List.of(Outcome.Published, Outcome.Published)));
        assertThat(status(team).targets())
                .extracting(TargetOutcome::target)
                .containsExactly("@script_waits", "@second_chat");
        assertThat(team.came("publish", "alice")).isEqualTo(2);
    }

    @Test
    void aPostThatTelegramRefusesIsNextAgainAndSaysWhy() {
        Team team = Team.ready(world, "post-refused");
        team.posts(Map.of("01.md", "Hello to a chat that refuses"));
        schedule(team, "refuses", YEARLY, "");
        annotate(team, "go");

        says(team, "LastAction", "AnnotationRefused");
        says(team, "Stalled", "ChatWriteForbidden");
        assertThat(status(team).failures()).isEqualTo(1);
        assertThat(status(team).progress().summary()).isEqualTo("0/1");

        patch(team, "{\"spec\":{\"targets\":[\"@script_quick\"]}}");
        annotate(team, "again");
        says(team, "LastAction", "Published");
        assertThat(status(team).progress().summary()).isEqualTo("1/1");
    }

    @Test
    void aMissingConfigMapIsToldAndItsCreationIsEnough() {
        Team team = Team.ready(world, "post-content");
        schedule(team, "quick", YEARLY, "");
        annotate(team, "go");
        says(team, "Stalled", "ContentMissing");

        team.posts(Map.of("01.md", "Hello"));

        says(team, "LastAction", "Published");
    }

    @Test
    void aPostThatCanNotBeUsedIsToldAndMendingItIsEnough() {
        Team team = Team.ready(world, "post-mended");
        team.posts(Map.of("01.md", "Unreadable"));
        schedule(team, "quick", YEARLY, "");
        annotate(team, "go");
        says(team, "LastAction", "AnnotationRefused");
        eventually("the Job that told it is removed", () -> jobs(team).isEmpty());
        says(team, "Stalled", "ContentUnreadable");

        world.client()
                .configMaps()
                .inNamespace(team.namespace())
                .withName("posts")
                .edit(map ->
                        new ConfigMapBuilder(map).addToData("01.md", "Hello").build());

        says(team, "Ready", "Scheduled");
        assertThat(status(team).lastPost()).isNull();
        annotate(team, "again");
        says(team, "LastAction", "Published");
    }

    /** Its run is due in months. */
    @Test
    void aPostThatTelegramWouldNotTakeIsToldBeforeItIsDueAndMendingItIsEnough() {
        Team team = Team.ready(world, "post-early");
        team.posts(Map.of("01.md", FIRST, "02.md", "All the news of a long year. ".repeat(150)));
        schedule(team, "quick", YEARLY, "");
        says(team, "Stalled", "ContentUnreadable");
        assertThat(told(team, "ContentUnreadable"))
                .singleElement()
                .asString()
                .contains("The post 02.md has 4349 characters, but Telegram takes at most 4096: shorten it.");

        write(team, "02.md", SECOND);
        says(team, "Ready", "Scheduled");

        write(team, "02.md", "---\nimage: launch.jpg\n---\n" + SECOND);
        says(team, "Stalled", "ContentUnreadable");
        assertThat(told(team, "ContentUnreadable"))
                .anySatisfy(it -> assertThat(it).contains("there is no image 'launch.jpg' among the posts"));
        assertThat(team.came("publish", "alice")).isZero();
    }

    private static void write(Team team, String key, String text) {
        RealWorld.get()
                .client()
                .configMaps()
                .inNamespace(team.namespace())
                .withName("posts")
                .edit(map -> new ConfigMapBuilder(map).addToData(key, text).build());
    }

    @Test
    void aPostOfUnknownOutcomeIsPublishedAgainWhenAPersonSaysSo() throws Exception {
        Team team = Team.ready(world, "post-unknown");
        team.posts(Map.of("01.md", "Hello to a chat that is silent", "02.md", "Later"));
        schedule(team, "unheard", YEARLY, "");
        annotate(team, "go");
        says(team, "LastAction", "AnnotationRefused");
        eventually("it is named", () -> status(team).unknownPosts().contains("01.md"));
        assertThat(status(team).lastPost()).isNull();
        assertThat(told(team, "OutcomeUnknown"))
                .singleElement()
                .asString()
                .contains("whether it is in @script_unheard", "requeue-unknown=01.md");
        assertThat(status(team).unknownOutcomes())
                .containsExactly(new UnknownOutcome("01.md", 1, List.of("@script_unheard")));
        eventually("its target says so", () -> outcomes(team).equals(List.of(Outcome.OutcomeUnknown)));

        world.cluster()
                .command(
                        "kubectl",
                        "annotate",
                        "autopost",
                        "news",
                        "beckon.dev/requeue-unknown=01.md",
                        "-n",
                        team.namespace());

        says(team, "LastAction", "PostRequeued");
        eventually("it is published", () -> status(team).lastPost() != null);
        assertThat(status(team).lastPost().text()).isEqualTo("Hello to a chat that is silent");
        assertThat(status(team).outcomeUnknown()).isZero();
        assertThat(status(team).unknownPosts()).isEmpty();
        assertThat(status(team).unknownOutcomes()).isEmpty();
        eventually("its target says so", () -> outcomes(team).equals(List.of(Outcome.Published)));
        assertThat(status(team).progress().summary()).isEqualTo("1/2");
        eventually("no Job is left at work", () -> team.livePods() == 0);
    }

    private static List<Outcome> outcomes(Team team) {
        return status(team).targets().stream().map(TargetOutcome::outcome).toList();
    }

    @Test
    void anEditReachesTheCronJobAndSuspendStopsIt() {
        Team team = Team.ready(world, "post-edit");
        team.posts(Map.of("01.md", "Hello"));
        schedule(team, "quick", YEARLY, "missedRuns: PublishOnce");

        patch(team, "{\"spec\":{\"schedule\":\"30 4 * * *\",\"timeZone\":\"Asia/Tokyo\",\"suspend\":true}}");

        eventually("the CronJob is as declared", () -> {
            CronJob cron = cron(team);
            return cron.getSpec().getSchedule().equals("30 4 * * *")
                    && cron.getSpec().getTimeZone().equals("Asia/Tokyo")
                    && cron.getSpec().getSuspend();
        });
        eventually("it is suspended", () -> status(team).state() == State.Suspended);
        patch(team, "{\"spec\":{\"suspend\":false}}");
        eventually("it goes on", () -> status(team).state() == State.Scheduled);
        // What was due by the schedule before, or would have been by this one, is not made up for.
        assertThat(status(team).missed()).isNull();
        assertThat(status(team).lastPost()).isNull();
    }

    /** @return when its next post is due */
    private static Instant schedule(Team team, String script, String cron, String more) {
        String targets = more.startsWith("targets") ? "" : "targets: [\"@script_" + script + "\"]";
        team.create("""
                apiVersion: beckon.dev/v1alpha1
                kind: AutopostSchedule
                metadata: {name: news}
                spec:
                  schedule: "%s"
                  account: {name: alice}
                  content: {configMapRef: {name: posts}}
                  %s
                  %s
                """.formatted(cron, targets, more));
        eventually(
                team.namespace() + "/news is scheduled",
                () -> schedule(team).getStatus() != null && status(team).nextPublishTime() != null);
        return status(team).nextPublishTime();
    }

    private static AutopostSchedule schedule(Team team) {
        return RealWorld.get()
                .client()
                .resources(AutopostSchedule.class)
                .inNamespace(team.namespace())
                .withName("news")
                .get();
    }

    private static AutopostScheduleStatus status(Team team) {
        return schedule(team).getStatus();
    }

    private static void annotate(Team team, String word) {
        patch(team, "{\"metadata\":{\"annotations\":{\"beckon.dev/publish-now\":\"" + word + "\"}}}");
    }

    private static void patch(Team team, String merge) {
        RealWorld.get()
                .client()
                .resources(AutopostSchedule.class)
                .inNamespace(team.namespace())
                .withName("news")
                .patch(PatchContext.of(PatchType.JSON_MERGE), merge);
    }

    /** What events of that reason say. */
    private static List<String> told(Team team, String reason) {
        return RealWorld.get().client().v1().events().inNamespace(team.namespace()).list().getItems().stream()
                .filter(it -> "AutopostSchedule".equals(it.getInvolvedObject().getKind()))
                .filter(it -> reason.equals(it.getReason()))
                .map(it -> it.getMessage())
                .toList();
    }

    private static void says(Team team, String type, String reason) {
        eventually(
                team.namespace() + "/news says " + type + " (" + reason + ")",
                () -> condition(team, type)
                        .filter(it -> reason.equals(it.getReason()))
                        .isPresent());
    }

    private static Optional<Condition> condition(Team team, String type) {
        return status(team).conditions().stream()
                .filter(it -> type.equals(it.getType()))
                .findFirst();
    }

    private static List<Job> jobs(Team team) {
        return RealWorld.get()
                .client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(team.namespace())
                .withLabel("beckon.dev/autopost", "news")
                .list()
                .getItems();
    }

    private static CronJob cron(Team team) {
        return RealWorld.get()
                .client()
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(team.namespace())
                .withName("news")
                .get();
    }
}
