package dev.beckon.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.content.PostDecisions;
import dev.beckon.ledger.content.PublishRuns;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.PublishOrders;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A publishing worker may be killed at any step: no post is doubled, and with a user's account none is lost. */
class PublishKillTest extends OnChannel {
    private static final List<KillPoint> ONCE = List.of(
            KillPoint.AFTER_LEASE,
            KillPoint.AFTER_READY,
            KillPoint.AFTER_TURN,
            KillPoint.BEFORE_END,
            KillPoint.BEFORE_SAVE,
            KillPoint.AFTER_SAVE);
    private static final List<KillPoint> PER_TARGET =
            List.of(KillPoint.AFTER_INTENT, KillPoint.IN_CALL, KillPoint.AFTER_CALL, KillPoint.AFTER_OUTCOME);

    static Stream<Arguments> steps() {
        return Stream.concat(
                ONCE.stream().map(step -> Arguments.of(step, 1)),
                PER_TARGET.stream().flatMap(step -> Stream.of(1, 2).map(nth -> Arguments.of(step, nth))));
    }

    @ParameterizedTest(name = "{0} for the {1}. time")
    @MethodSource("steps")
    void everyTargetHasThePostOnce(KillPoint step, int nth) {
        open(WORLD);
        PublishOrders orders = orders(alice);
        killed(orders, step, nth);
        Ending ending = publish(orders);

        assertThat(ending.result().ending()).as("%s", ending).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(texts("News")).containsExactly("First");
        assertThat(texts("Second")).containsExactly("First");
        AutopostReport report = report(orders);
        assertThat(report.published()).isEqualTo(2);
        assertThat(report.outcomeUnknown()).isZero();
        assertThat(report.unfinished()).isEmpty();
        publish(orders.run("run-2"));
        assertThat(texts("News")).containsExactly("First", "Second");
        assertThat(stage.world().truth().overlaps()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = KillPoint.class,
            names = {"BEFORE_SETTLEMENT", "AFTER_SETTLEMENT"})
    void killedInItsSettlementTooThePostIsThereOnce(KillPoint step) {
        open(WORLD);
        PublishOrders orders = orders(alice);
        killed(orders, KillPoint.AFTER_CALL, 1);
        killed(orders, step, 1);
        publish(orders);
        assertThat(texts("News")).containsExactly("First");
        assertThat(texts("Second")).containsExactly("First");
        assertThat(report(orders).published()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = KillPoint.class,
            names = {"AFTER_FALL_BACK", "AFTER_CALL"})
    void killedAfterTheFormattingWasRefusedThePostComesOnce(KillPoint step) {
        open(WORLD + "faults: [{on: messages.sendMessage, kind: Error, text: ENTITY_BOUNDS_INVALID, times: 1}]\n");
        PublishOrders orders = orders(alice).targets("@our_news");
        killed(orders, step, step == KillPoint.AFTER_CALL ? 2 : 1);
        publish(orders);
        assertThat(texts("News")).containsExactly("First");
        assertThat(posts("News").getFirst().looks()).isEmpty();
    }

    @Test
    void aPostThatArrivesLateIsNotSentAgain() {
        open(WORLD + "faults: [{on: messages.sendMessage, kind: Late, delay: 100s, times: 1}]\n");
        PublishOrders orders = orders(alice);
        unheardOf(orders);
        stage.world().advanceClock(Duration.ofHours(1));
        assertThat(texts("News")).containsExactly("First");
        assertThat(texts("Second")).containsExactly("First");
        assertThat(report(orders).published()).isEqualTo(2);
    }

    @Test
    void aRequestThatIsLostIsSentAgainOnceItIsProvedNotToBeThere() {
        open(WORLD + "faults: [{on: messages.sendMessage, kind: RequestLost, times: 1}]\n");
        PublishOrders orders = orders(alice);
        unheardOf(orders);
        assertThat(texts("News")).containsExactly("First");
        assertThat(report(orders).published()).isEqualTo(2);
    }

    /** concurrencyPolicy: Replace. */
    @ParameterizedTest
    @EnumSource(
            value = KillPoint.class,
            names = {"AFTER_TURN", "AFTER_INTENT", "AFTER_CALL", "AFTER_OUTCOME"})
    void aReplacedRunIsSettledAndSendsNothingMore(KillPoint step) {
        open(WORLD);
        PublishOrders orders = orders(alice);
        killed(orders, step, 1);
        assertThat(publish(orders.run("run-2").replacing()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        AutopostReport report = report(orders);
        assertThat(report.unfinished()).isEmpty();
        assertThat(report.outcomeUnknown()).isZero();
        publish(orders.run("run-3").replacing());

        boolean reached = step == KillPoint.AFTER_CALL || step == KillPoint.AFTER_OUTCOME;
        boolean open = step == KillPoint.AFTER_INTENT;
        // A post that reached no chat is the next one again; until that is known the one behind it goes first.
        assertThat(texts("News")).containsExactly(open ? "Second" : "First", open ? "First" : "Second");
        assertThat(texts("Second"))
                .containsExactlyElementsOf(
                        reached ? List.of("Second") : open ? List.of("Second", "First") : List.of("First", "Second"));
    }

    @Test
    void pastItsDeadlineNothingIsSentAgain() {
        open(WORLD);
        PublishOrders orders = orders(alice).targets("@our_news").deadline(Duration.ofMinutes(10));
        killed(orders, KillPoint.AFTER_INTENT, 1);
        stage.world().advanceClock(Duration.ofMinutes(11));
        Ending ending = publish(orders);
        assertThat(ending.result().reason()).isEqualTo("DeadlinePassed");
        assertThat(texts("News")).isEmpty();
        assertThat(report(orders).failures()).isEqualTo(1);
    }

    @Test
    void aPersonHasAPostPublishedAgainOnlyWhereNobodyCanTell() {
        open(WORLD);
        PublishOrders orders = orders(stage.login("helper_bot"));
        killed(orders, KillPoint.AFTER_INTENT, 1);
        publish(orders);
        assertThat(texts("News")).isEmpty();
        assertThat(texts("Second")).containsExactly("First");
        assertThat(report(orders).unknownPosts()).containsExactly("one");

        try (OperatorLedger operator =
                stage.database().operatorLedger(stage.world().clock())) {
            assertThat(operator.postDecisions().publishAgain(orders.schedule(), "one", "one"))
                    .isEqualTo(new PostDecisions.Decided.Again(1));
        }
        assertThat(publish(orders).result().message()).isEqualTo("The post one is in 2 of 2 targets.");
        publish(orders);

        assertThat(texts("News")).containsExactly("First");
        assertThat(texts("Second")).containsExactly("First");
        assertThat(report(orders).outcomeUnknown()).isZero();
        assertThat(report(orders).unknownPosts()).isEmpty();
    }

    @Test
    void theLedgerKnowsNoPostAfterItsRunEnded() {
        open(WORLD);
        PublishOrders orders = orders(alice);
        publish(orders);
        PublishRuns.Run run = new PublishRuns.Run(orders.run(), orders.schedule(), "team", "morning");
        assertThat(stage.ledger().publishRuns().find(run).orElseThrow().post()).isEmpty();
    }
}
