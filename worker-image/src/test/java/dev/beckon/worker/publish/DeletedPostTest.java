package dev.beckon.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.content.PostDecisions;
import dev.beckon.simulator.world.Content;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.PublishOrders;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A post that somebody deletes before the outcome is written down was published; it is not published a second time. */
class DeletedPostTest extends OnChannel {
    private static final String LOG = "faults: [{on: channels.getAdminLog, kind: Error, text: %s, times: 1}]\n";

    private PublishOrders orders() {
        return PublishOrders.of(alice).post("one", "**First**").post("two", "Second");
    }

    /** The worker dies after the call, and an administrator who finds the post deletes it before anybody settles. */
    private PublishOrders killedAndDeleted(PublishOrders orders) {
        killed(orders, KillPoint.AFTER_CALL, 1);
        assertThat(texts("News")).containsExactly("First");
        stage.world()
                .acts()
                .deletePost(stage.chatId("News"), stage.person("helper_bot").id(), 1);
        return orders;
    }

    private void assertPublishedOnceAndDeleted(PublishOrders orders) {
        assertThat(texts("News")).isEmpty();
        assertThat(deleted("News")).containsExactly("First");
        assertThat(report(orders).published()).isEqualTo(1);
        assertThat(report(orders).outcomeUnknown()).isZero();
        assertThat(report(orders).unfinished()).isEmpty();
    }

    @Test
    void isNeverPublishedAgain() {
        open(WORLD);
        PublishOrders orders = killedAndDeleted(orders());
        Ending ending = publish(orders);
        assertThat(ending.result().ending()).as("%s", ending).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(ending.result().reason()).isEqualTo("Published");
        assertPublishedOnceAndDeleted(orders);

        publish(orders);
        publish(orders.run("run-2"));
        assertThat(texts("News")).containsExactly("Second");
    }

    @ParameterizedTest
    @EnumSource(
            value = KillPoint.class,
            names = {"BEFORE_SETTLEMENT", "AFTER_SETTLEMENT"})
    void isNeverPublishedAgainWhereItsSettlementIsKilledToo(KillPoint step) {
        open(WORLD);
        PublishOrders orders = killedAndDeleted(orders());
        killed(orders, step, 1);
        publish(orders);
        assertPublishedOnceAndDeleted(orders);
    }

    /** A post that failed everywhere would be the next one again. */
    @Test
    void isNotTheNextPostAgainPastItsDeadline() {
        open(WORLD);
        PublishOrders orders = killedAndDeleted(orders().deadline(Duration.ofMinutes(10)));
        stage.world().advanceClock(Duration.ofMinutes(11));
        publish(orders);
        assertPublishedOnceAndDeleted(orders);
        publish(orders.run("run-2"));
        assertThat(texts("News")).containsExactly("Second");
    }

    @Test
    void isPublishedOnceWhereSomebodyEditedIt() {
        open(WORLD);
        PublishOrders orders = orders();
        killed(orders, KillPoint.AFTER_CALL, 1);
        stage.world()
                .acts()
                .editPost(
                        stage.chatId("News"), stage.person("alice").id(), 1, Content.text("First, and one word more"));
        publish(orders);
        assertThat(texts("News")).containsExactly("First, and one word more");
        assertThat(report(orders).published()).isEqualTo(1);
    }

    @Test
    void isWaitedForWhereTheEventLogCanNotBeReadYet() {
        open(WORLD + LOG.formatted("FLOOD_WAIT_7200"));
        PublishOrders orders = killedAndDeleted(orders());
        Ending ending = publish(orders);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(report(orders).published()).isZero();
        stage.world().advanceClock(Duration.ofHours(2));
        publish(orders);
        assertPublishedOnceAndDeleted(orders);
    }

    @Test
    void isUnknownWhereTheEventLogIsRefused() {
        open(WORLD + LOG.formatted("CHAT_ADMIN_REQUIRED"));
        PublishOrders orders = killedAndDeleted(orders());
        publish(orders);
        assertThat(texts("News")).isEmpty();
        assertThat(report(orders).outcomeUnknown()).isEqualTo(1);
    }

    @Test
    void amongOthersNobodyCanTellWhetherThereEverWasOneAndAPersonDecides() {
        open(WORLD);
        PublishOrders orders = orders().targets("@foreign_group");
        killed(orders, KillPoint.AFTER_INTENT, 1);
        Ending ending = publish(orders);
        assertThat(ending.result().message()).contains("of 1 nobody can tell, and none is sent again");
        assertThat(texts("Foreign")).isEmpty();
        assertThat(report(orders).unknownPosts()).containsExactly("one");

        try (OperatorLedger operator =
                stage.database().operatorLedger(stage.world().clock())) {
            assertThat(operator.postDecisions().publishAgain(orders.schedule(), "one", "one"))
                    .isEqualTo(new PostDecisions.Decided.Again(1));
        }
        publish(orders);
        assertThat(texts("Foreign")).containsExactly("First");
    }

    @Test
    void amongOthersAPostThatIsThereIsFound() {
        open(WORLD);
        PublishOrders orders = orders().targets("@foreign_group");
        killed(orders, KillPoint.AFTER_CALL, 1);
        publish(orders);
        assertThat(texts("Foreign")).containsExactly("First");
        assertThat(report(orders).published()).isEqualTo(1);
        assertThat(report(orders).outcomeUnknown()).isZero();
    }
}
