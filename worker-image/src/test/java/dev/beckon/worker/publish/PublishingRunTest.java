package dev.beckon.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.simulator.world.Content.Look;
import dev.beckon.simulator.world.Method;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.PublishOrders;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One run publishes one post in every target, each post once, and tells what became of it. */
class PublishingRunTest extends OnChannel {
    private PublishOrders orders() {
        return PublishOrders.of(alice).post("one", "**First**").post("two", "Second");
    }

    private static void assertCompleted(Ending ending, String reason) {
        assertThat(ending.exit()).as("%s", ending).isEqualTo(ExitCode.OK);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(ending.result().reason()).isEqualTo(reason);
    }

    @Test
    void onePostGoesToEachTargetAndIsReported() {
        open(WORLD);
        PublishOrders orders = orders().targets("@our_news", "@our_second");
        Ending ending = publish(orders);

        assertCompleted(ending, "Published");
        assertThat(ending.result().message()).isEqualTo("The post one is in 2 of 2 targets.");
        assertThat(texts("News")).containsExactly("First");
        assertThat(texts("Second")).containsExactly("First");
        assertThat(posts("News").getFirst().looks()).containsExactly(new Look("bold", 0, 5, Optional.empty()));
        AutopostReport report = report(orders);
        assertThat(report.published()).isEqualTo(2);
        assertThat(report.remaining()).isEqualTo(1);
        assertThat(report.lastPost().orElseThrow().textStart()).isEqualTo("First");
        assertThat(report.lastPost().orElseThrow().link()).contains("https://t.me/our_second/2");
        assertThat(report.newest().orElseThrow().state()).isEqualTo(PublishRun.State.Complete);
        assertThat(report.unfinished()).isEmpty();
    }

    @Test
    void runsTakeThePostsInTheirOrderUntilNoneIsLeft() {
        open(WORLD);
        PublishOrders orders = orders();
        publish(orders);
        publish(orders.run("run-2"));
        assertCompleted(publish(orders.run("run-3")), "Exhausted");
        assertThat(texts("News")).containsExactly("First", "Second");
        assertThat(report(orders).remaining()).isZero();
    }

    @Test
    void theSameRunPublishesOnce() {
        open(WORLD);
        PublishOrders orders = orders();
        publish(orders);
        assertCompleted(publish(stage.pod().withoutTelegram(), orders), "Published");
        assertThat(texts("News")).containsExactly("First");
    }

    @Test
    void atRandomEachPostComesOnceBeforeOneComesAgain() {
        open(WORLD);
        PublishOrders orders = PublishOrders.of(alice).random().repeat();
        for (int i = 0; i < 5; i++) {
            orders.post("p" + i, "Text " + i);
        }
        for (int run = 0; run < 10; run++) {
            publish(orders.run("run-" + run));
        }
        List<String> texts = texts("News");
        assertThat(new HashSet<>(texts.subList(0, 5))).hasSize(5);
        assertThat(new HashSet<>(texts.subList(5, 10))).hasSize(5);
        assertThat(report(orders).round()).isEqualTo(2);
    }

    private Pod withPosts(String... namesAndTexts) {
        Pod pod = stage.pod();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            pod.mount(Paths.POSTS + "/" + namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return pod;
    }

    @Test
    void aFileIsReadAtItsTurnAndNeverSentAgain() {
        open(WORLD);
        PublishOrders orders = PublishOrders.of(alice).folder();
        publish(withPosts("1.md", "One", "2.txt", "**Two**", "notes.csv", "no post"), orders);
        publish(withPosts("1.md", "One, edited", "2.txt", "**Two**, edited"), orders.run("run-2"));
        assertCompleted(publish(withPosts("1.md", "Again", "2.txt", "Again"), orders.run("run-3")), "Exhausted");
        assertThat(texts("News")).containsExactly("One", "**Two**, edited");
    }

    @Test
    void aFilesFrontMatterNamesItsPicture() throws IOException {
        open(WORLD);
        Pod pod = withPosts("1.md", "---\nimage: sun.png\n---\nThe *sun*");
        byte[] image = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 1, 2, 3};
        Files.write(pod.root().resolve((Paths.POSTS + "/sun.png").substring(1)), image);
        assertCompleted(publish(pod, PublishOrders.of(alice).folder()), "Published");
        assertThat(posts("News").getFirst().picture().orElseThrow().bytes()).isEqualTo(image.length);
        assertThat(texts("News")).containsExactly("The sun");
    }

    @Test
    void whatTelegramWouldNotTakeIsRefusedBeforeAnythingIsSent() {
        open(WORLD);
        PublishOrders orders = PublishOrders.of(alice).post("good", "Good").post("long", "x".repeat(4097));
        assertThatThrownBy(() -> publish(stage.pod().withoutTelegram(), orders))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("The post long has 4097 characters, but Telegram takes at most 4096");
        assertThat(texts("News")).isEmpty();
    }

    @Test
    void aTargetWithoutRightsFailsAndTheOthersGetThePost() {
        open(WORLD);
        PublishOrders orders = orders().targets("@their_channel", "@our_news", "@nobody_here");
        Ending ending = publish(orders);
        assertCompleted(ending, "Published");
        assertThat(ending.result().message())
                .startsWith("The post one is in 1 of 3 targets. 2 failed (@their_channel and @nobody_here): ");
        assertThat(texts("News")).containsExactly("First");
        assertThat(texts("Theirs")).isEmpty();
        assertThat(report(orders).failures()).isEqualTo(2);
        assertThat(report(orders).newest().orElseThrow().lastError()).isPresent();
    }

    @Test
    void aTargetThatIsTakenOutWhileItsPostWaitsForItEndsTheRunAllTheSame() {
        open(WORLD + "  - {title: Slow, username: slow_talk, owner: bobby, members: [alice], slowMode: 1h}\n");
        PublishOrders orders = orders().targets("@slow_talk", "@our_news");
        publish(orders);
        stage.world().advanceClock(Duration.ofMinutes(10));
        assertThat(publish(orders.run("run-2")).result().reason()).isEqualTo("SlowMode");

        Ending ending = publish(orders.targets("@our_news"));

        assertCompleted(ending, "Published");
        assertThat(ending.result().message()).contains("1 failed: the schedule has no such target any more");
        assertThat(report(orders).unfinished()).isEmpty();
        assertThat(texts("Slow")).containsExactly("First");
    }

    @Test
    void aPostThatReachesNoTargetStaysTheNextOne() {
        open(WORLD);
        PublishOrders orders = orders().targets("@their_channel");
        Ending ending = publish(orders);
        assertThat(ending.exit()).isEqualTo(ExitCode.CAMPAIGN_FAULT);
        assertThat(ending.result().message())
                .startsWith("The post one is in none of its targets (@their_channel) and stays the next one: ");
        assertThat(report(orders).newest().orElseThrow().state()).isEqualTo(PublishRun.State.Failed);
        publish(orders.run("run-2").targets("@our_news"));
        assertThat(texts("News")).containsExactly("First");
    }

    @Test
    void twoNamesOfOneChatGetThePostOnce() {
        open(WORLD);
        long id = -1_000_000_000_000L - stage.chatId("News");
        publish(orders().targets("@our_news", Long.toString(id)));
        assertThat(texts("News")).containsExactly("First");
    }

    @Test
    void formattingThatTelegramRefusesIsSentPlainOnceAndSaidSo() {
        open(WORLD + "faults: [{on: messages.sendMessage, kind: Error, text: ENTITY_BOUNDS_INVALID, times: 1}]\n");
        PublishOrders orders = orders();
        Ending ending = publish(orders);
        assertCompleted(ending, "Published");
        assertThat(ending.result().message()).contains("in 1 without its formatting, which Telegram refused");
        assertThat(posts("News")).singleElement().satisfies(post -> {
            assertThat(post.text()).isEqualTo("First");
            assertThat(post.looks()).isEmpty();
        });
    }

    @Test
    void formattingThatIsRefusedAlsoWithoutAnyFails() {
        open(WORLD + "faults: [{on: messages.sendMessage, kind: Error, text: ENTITY_BOUNDS_INVALID, times: 2}]\n");
        Ending ending = publish(orders());
        assertThat(ending.exit()).isEqualTo(ExitCode.CAMPAIGN_FAULT);
        assertThat(ending.result().reason()).isEqualTo("EntityBoundsInvalid");
        assertThat(texts("News")).isEmpty();
    }

    @Test
    void aLongFloodWaitEndsThePodAndTheRunGoesOnWithTheSamePost() {
        open(WORLD + "faults: [{on: messages.sendMessage, kind: Error, text: FLOOD_WAIT_900, times: 1}]\n");
        PublishOrders orders = orders();
        Instant now = stage.world().clock().instant();
        Ending ending = publish(orders);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo("FloodWait");
        AutopostReport.Run waiting = report(orders).newest().orElseThrow();
        assertThat(waiting.state()).isEqualTo(PublishRun.State.Waiting);
        assertThat(waiting.nextActionAt().orElseThrow()).isAfterOrEqualTo(now.plusSeconds(900));

        stage.world().advanceClock(Duration.ofMinutes(16));
        assertCompleted(publish(orders), "Published");
        assertThat(texts("News")).containsExactly("First");
    }

    @Test
    void aSlowChatWaitsAloneWhileTheAccountPublishesElsewhere() {
        open(WORLD + "  - {title: Slow, username: slow_talk, owner: bobby, members: [alice], slowMode: 1h}\n");
        PublishOrders orders = orders().targets("@slow_talk", "@our_news");
        Instant posted = stage.world().clock().instant();
        assertCompleted(publish(orders), "Published");
        stage.world().advanceClock(Duration.ofMinutes(10));
        Ending ending = publish(orders.run("run-2"));
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo("SlowMode");
        assertThat(ending.result().resumeAt())
                .hasValueSatisfying(at -> assertThat(at)
                        .isBetween(posted.plus(Duration.ofMinutes(59)), posted.plus(Duration.ofMinutes(61))));
        assertThat(texts("News")).containsExactly("First", "Second");
        assertCompleted(publish(PublishOrders.of(alice).post("other", "Other").targets("@our_second")), "Published");

        stage.world().advanceClock(Duration.ofHours(1));
        assertCompleted(publish(orders), "Published");
        assertThat(texts("Slow")).containsExactly("First", "Second");
    }

    @Test
    void aPostWhoseOwnSlowModeRefusesItsSecondSendingIsNotSentAgain() {
        open(WORLD + """
                  - {title: Slow, username: slow_talk, owner: bobby, members: [alice], slowMode: 1h}
                faults:
                  - {on: messages.sendMessage, kind: DoneThenConnectionDropped}
                  - {on: messages.sendMessage, kind: Error, text: SLOWMODE_WAIT_3600, after: 1}
                """);
        PublishOrders orders = orders().targets("@slow_talk");
        assertThat(publish(orders).result().ending()).isEqualTo(RunResult.Ending.WAITING);
        stage.world().advanceClock(Duration.ofHours(2));
        assertCompleted(publish(orders), "Published");
        assertThat(texts("Slow")).containsExactly("First");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOOD_WAIT_90", "FLOOD_WAIT_7200", "PEER_FLOOD"})
    void aPostWhoseSecondSendingIsRefusedIsNotSentAgain(String refusal) {
        open(WORLD + """
                faults:
                  - {on: messages.sendMessage, kind: DoneThenConnectionDropped}
                  - {on: messages.sendMessage, kind: Error, text: %s, after: 1}
                """.formatted(refusal));
        PublishOrders orders = orders().targets("@foreign_group");
        whenTheAccountMay(orders);
        assertThat(texts("Foreign")).containsExactly("First");
        assertThat(report(orders).published()).isEqualTo(1);
        publish(orders.run("run-2"));
        assertThat(texts("Foreign")).containsExactly("First", "Second");
    }

    /** Also where no event log tells that nobody deleted it, and past the deadline: it is Telegram that made the run wait. */
    @ParameterizedTest
    @ValueSource(strings = {"FLOOD_WAIT_90", "FLOOD_WAIT_7200", "PEER_FLOOD"})
    void aPostThatWasRefusedAndIsNotThereIsSentWhenTheAccountMay(String refusal) {
        open(WORLD + "faults: [{on: messages.sendMessage, kind: Error, text: %s}]\n".formatted(refusal));
        PublishOrders orders = orders().targets("@foreign_group", "@our_news").deadline(Duration.ofMinutes(1));
        whenTheAccountMay(orders);
        assertThat(texts("Foreign")).containsExactly("First");
        assertThat(texts("News")).containsExactly("First");
        assertThat(report(orders).outcomeUnknown()).isZero();
    }

    @Test
    void aRefusedPostDoesNotWaitForAnotherTargetsTomorrow() {
        open(WORLD + "faults: [{on: messages.sendMessage, kind: Error, text: FLOOD_WAIT_120, after: 2}]\n");
        PublishOrders orders = orders().messages(1).targets("@our_news", "@foreign_group");
        assertCompleted(publish(orders), "Published");

        Ending ending = publish(orders.run("run-2"));
        assertThat(ending.result().reason()).isEqualTo("Settlement");
        assertThat(ending.result().resumeAt())
                .hasValueSatisfying(at ->
                        assertThat(at).isBeforeOrEqualTo(stage.world().clock().instant()));

        assertThat(publish(orders).result().reason()).isEqualTo("DailyLimit");
        assertThat(texts("News")).containsExactly("First", "Second");
    }

    /** Runs until the post is in every target: after a wait, or when a person has acknowledged what Telegram said. */
    private void whenTheAccountMay(PublishOrders orders) {
        Ending ending = publish(orders);
        for (int runs = 1; ending.result().ending() != RunResult.Ending.COMPLETED && runs < 5; runs++) {
            if (ending.result().ending() == RunResult.Ending.PAUSED) {
                acknowledged();
            }
            stage.world().advanceClock(Duration.ofHours(3));
            ending = publish(orders);
        }
        assertCompleted(ending, "Published");
    }

    private void acknowledged() {
        try (OperatorLedger operator =
                stage.database().operatorLedger(stage.world().clock())) {
            String breaker = stage.ledger()
                    .reports()
                    .accounts(List.of(alice))
                    .get(alice)
                    .breaker()
                    .orElseThrow()
                    .breakerId();
            assertThat(operator.breakers().acknowledge(breaker)).isTrue();
        }
    }

    @Test
    void aPostWithARingOfItsOwnWhoseWorkerDiedIsFound() {
        open(WORLD);
        PublishOrders orders = PublishOrders.of(alice).post("one", "The bla\u030a **Ba\u030at**");
        killed(orders, KillPoint.AFTER_CALL, 1);
        assertCompleted(publish(orders), "Published");
        assertThat(texts("News")).containsExactly("The bla Bat");
        assertThat(posts("News").getFirst().looks()).containsExactly(new Look("bold", 8, 3, Optional.empty()));
    }

    @Test
    void aRefusalOfTheAccountPausesAndKeepsThePost() {
        open(WORLD + "faults: [{on: messages.sendMessage, kind: Error, text: PEER_FLOOD, times: 1}]\n");
        Ending ending = publish(orders());
        assertThat(ending.exit()).isEqualTo(ExitCode.ACCOUNT_LIMITED);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.PAUSED);
        assertThat(texts("News")).isEmpty();
    }

    @Test
    void aPostAmongOthersMembersCountsAsAMessageAndOneInOurOwnChannelDoesNot() {
        open(WORLD);
        PublishOrders orders = orders().messages(1).targets("@foreign_group", "@our_news", "@our_second");
        publish(orders);
        Ending ending = publish(orders.run("run-2"));
        assertThat(texts("Foreign")).containsExactly("First");
        assertThat(texts("News")).containsExactly("First", "Second");
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo("DailyLimit");
    }

    @Test
    void aNameIsLookedUpOnce() {
        open(WORLD);
        PublishOrders orders = orders().lookups(1);
        publish(orders);
        publish(orders.run("run-2"));
        assertThat(texts("News")).hasSize(2);
        assertThat(stage.world().truth().calls(Instant.EPOCH).stream()
                        .filter(call -> call.method() == Method.RESOLVE_USERNAME))
                .hasSize(1);
    }

    @Test
    void aNameThatBecameAnotherChannelsGetsNoPost() {
        open(WORLD);
        PublishOrders orders = PublishOrders.of(alice)
                .post("one", "First")
                .post("two", "Second")
                .targets("@our_news");
        assertCompleted(publish(orders), "Published");
        // The account was removed from the channel, whose name somebody else has now.
        Map<ChatTarget, ChatTarget> elsewhere = Map.of(
                new ChatTarget.Id(-1_000_000_000_000L - stage.chatId("News")),
                        new ChatTarget.Username("nowhere_at_all"),
                new ChatTarget.Username("our_news"), new ChatTarget.Username("our_second"));
        Ending ending = publish(stage.pod().wiretapped(Wiretap.renamed(elsewhere)), orders.run("run-2"));
        assertThat(ending.result().message()).contains("@our_news leads to another chat now");
        assertThat(texts("Second")).isEmpty();
        assertThat(texts("News")).containsExactly("First");
        assertCompleted(publish(orders.run("run-3")), "Published");
        assertThat(texts("News")).hasSize(2);
    }

    @Test
    void aBotPublishesToo() {
        open(WORLD);
        PublishOrders orders = PublishOrders.of(stage.login("helper_bot")).post("one", "First");
        assertCompleted(publish(orders), "Published");
        assertThat(texts("News")).containsExactly("First");
    }

    @Test
    void theJobNamesTheRunWhenTheOrderDoesNot() {
        open(WORLD);
        assertThatThrownBy(() -> publish(orders().ofTheJob()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("BECKON_RUN_UID");
    }

    @Test
    void anImageThatVanishedIsToldAndTheAccountGivenBack() throws IOException {
        open(WORLD);
        Pod pod = withPosts("1.md", "---\nimage: sun.png\n---\nSun");
        Path image = pod.root().resolve((Paths.POSTS + "/sun.png").substring(1));
        Files.write(image, new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0, 1});
        pod.wiretapped(session -> {
            image.toFile().delete();
            return session;
        });
        Ending ending = publish(pod, PublishOrders.of(alice).folder());
        assertThat(ending.exit()).isEqualTo(ExitCode.CAMPAIGN_FAULT);
        assertThat(ending.result().message()).contains("there is no image 'sun.png'");
        assertCompleted(publish(orders()), "Published");
    }
}
