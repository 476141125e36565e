package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** An act that a killed process left open is settled by asking Telegram, and never made again to find out. */
class SettlementTest extends OnStage {
    static final String ADMIN = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: bobby}
              - {username: carol}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            """;
    /** Alice is a plain member here: she may add people and can't read the event log. */
    static final String MEMBER = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: bobby}
              - {username: owner}
            chats:
              - {title: Meetup, username: meetup, owner: owner, members: [alice]}
              - {title: Second, username: second, owner: alice}
            """;

    @Test
    void whoeverHasThePersonsNameMeanwhileIsNotAskedWhatBecameOfThem() {
        open(ADMIN);
        Orders orders = Orders.of(alice).people("bobby");
        Assertions.assertThatThrownBy(
                        () -> stage.pod().killedAt(KillPoint.AFTER_CALL, 1).run(Stage.inviting(orders.build())))
                .isInstanceOf(Pod.Killed.class);
        stage.leasesRunOut();
        stage.pod().wiretapped(Wiretap.renamed(Map.of("bobby", "carol"))).run(Stage.inviting(orders.build()));
        assertThat(counts(orders).invited()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isEqualTo(1);
        assertThat(stage.tried(stage.person("carol"), How.INVITE)).isZero();
    }

    private Counts killedThenRun(Orders orders, KillPoint step, Runnable meanwhile) {
        Assertions.assertThatThrownBy(() -> stage.pod().killedAt(step, 1).run(Stage.inviting(orders.build())))
                .isInstanceOf(Pod.Killed.class);
        stage.leasesRunOut();
        meanwhile.run();
        return completed(orders);
    }

    @Test
    void killedAfterTheCallTheLogShowsOurInvite() {
        open(ADMIN);
        Counts counts = killedThenRun(Orders.of(alice).people("bobby"), KillPoint.AFTER_CALL, () -> {});
        assertThat(counts.invited()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isEqualTo(1);
    }

    @Test
    void killedBeforeTheCallThePersonGoesBackToPendingAndIsInvitedOnce() {
        open(ADMIN);
        Counts counts = killedThenRun(Orders.of(alice).people("bobby"), KillPoint.AFTER_INTENT, () -> {});
        assertThat(counts.invited()).isEqualTo(1);
        assertThat(stage.reached(stage.person("bobby"), How.INVITE)).hasSize(1);
    }

    @Test
    void nothingIsSettledBeforeTheDeadProcessesBytesMustHaveArrived() {
        open(ADMIN);
        Instant[] opened = new Instant[1];
        Counts counts = killedThenRun(
                Orders.of(alice).people("bobby"),
                KillPoint.AFTER_INTENT,
                () -> opened[0] = stage.world().clock().instant());
        assertThat(counts.done()).isEqualTo(1);
        assertThat(stage.world().clock().instant()).isAfterOrEqualTo(opened[0].plus(Duration.ofMinutes(2)));
    }

    @Test
    void whoJoinedAloneMeanwhileIsAlreadyMember() {
        open(ADMIN);
        Counts counts = killedThenRun(
                Orders.of(alice).people("bobby"),
                KillPoint.AFTER_INTENT,
                () -> stage.world()
                        .acts()
                        .perform(new Act.Join(
                                stage.chatId("Meetup"), stage.person("bobby").id())));
        assertThat(counts.alreadyMember()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isZero();
    }

    @Test
    void whoWasAddedAndLeftIsInvitedAndSuppressed() {
        open(ADMIN);
        Orders orders = Orders.of(alice).people("bobby");
        Counts counts = killedThenRun(
                orders,
                KillPoint.AFTER_CALL,
                () -> stage.world()
                        .acts()
                        .perform(new Act.Leave(
                                stage.chatId("Meetup"), stage.person("bobby").id())));
        assertThat(counts.invited()).isEqualTo(1);
        stage.world().advanceClock(Duration.ofDays(10));
        Orders again = Orders.of(alice).mode(Mode.LinkOnly).people("bobby");
        assertThat(completed(again).skipped()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.MESSAGE)).isZero();
    }

    @Test
    void withoutALogAMemberIsAlreadyMember() {
        open(MEMBER);
        Counts counts = killedThenRun(Orders.of(alice).people("bobby"), KillPoint.AFTER_CALL, () -> {});
        assertThat(counts.alreadyMember()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isEqualTo(1);
    }

    @Test
    void withoutALogWhoIsNoMemberIsUnknown() {
        open(MEMBER);
        Counts counts = killedThenRun(Orders.of(alice).people("bobby"), KillPoint.AFTER_INTENT, () -> {});
        assertThat(counts.unknown()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isZero();
    }

    @Test
    void aMessageThatIsInTheChatWasSent() {
        open(ADMIN);
        Counts counts =
                killedThenRun(Orders.of(alice).mode(Mode.LinkOnly).people("bobby"), KillPoint.AFTER_CALL, () -> {});
        assertThat(counts.linkSent()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.MESSAGE)).isEqualTo(1);
    }

    @Test
    void aMessageThatBothSidesDeletedIsUnknownAndNeverSentAgain() {
        open(ADMIN);
        Counts counts = killedThenRun(
                Orders.of(alice).mode(Mode.LinkOnly).people("bobby"),
                KillPoint.AFTER_CALL,
                () -> stage.world()
                        .acts()
                        .perform(new Act.DeleteLastMessage(
                                stage.person("alice").id(),
                                stage.person("bobby").id())));
        assertThat(counts.unknown()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.MESSAGE)).isEqualTo(1);
    }

    @Test
    void aMessageThatWasNotSentIsUnknownForAbsenceProvesNothing() {
        open(ADMIN);
        Counts counts =
                killedThenRun(Orders.of(alice).mode(Mode.LinkOnly).people("bobby"), KillPoint.AFTER_INTENT, () -> {});
        assertThat(counts.unknown()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.MESSAGE)).isZero();
    }

    @Test
    void aKillDuringTheSettlementIsSettledByTheNext() {
        open(ADMIN);
        Orders orders = Orders.of(alice).people("bobby");
        Assertions.assertThatThrownBy(
                        () -> stage.pod().killedAt(KillPoint.AFTER_CALL, 1).run(Stage.inviting(orders.build())))
                .isInstanceOf(Pod.Killed.class);
        stage.leasesRunOut();
        assertThat(killedThenRun(orders, KillPoint.BEFORE_SETTLEMENT, () -> {}).invited())
                .isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isEqualTo(1);
    }

    @Test
    void whatIsInFlightIsSettledAlsoWhenTheAccountLostTheChatAndTheDeadlinePassed() {
        open(MEMBER + "faults: [{on: channels.joinChannel, kind: Error, code: 400, text: CHANNEL_PRIVATE}]\n");
        Orders orders = Orders.of(alice)
                .deadline(stage.world().clock().instant().plusSeconds(60))
                .people("bobby");
        Assertions.assertThatThrownBy(
                        () -> stage.pod().killedAt(KillPoint.AFTER_CALL, 1).run(Stage.inviting(orders.build())))
                .isInstanceOf(Pod.Killed.class);
        stage.leasesRunOut();
        stage.world()
                .acts()
                .perform(new Act.Leave(
                        stage.chatId("Meetup"), stage.person("alice").id()));
        stage.world().clock().advance(Duration.ofSeconds(61));

        Ending ending = stage.invite(orders.build());

        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.FAULT);
        Counts counts = stage.report(orders.campaign()).counts();
        assertThat(counts.inFlight()).isZero();
        assertThat(counts.done() + counts.unknown()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isEqualTo(1);
    }
}
