package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Contact;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.simulator.world.Truth;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An act whose answer nobody wrote down is settled by asking Telegram, and never made again to find out. */
class SettlementTest extends OnStage {
    private static final String ADMIN = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: bobby}
              - {username: carol}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            """;
    /** Alice is a plain member here: she may add people and can't read the event log. */
    private static final String MEMBER = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: bobby}
              - {username: owner}
            chats:
              - {title: Meetup, username: meetup, owner: owner, members: [alice]}
              - {title: Second, username: second, owner: alice}
            """;

    private static final String DONE_THEN_DROPPED = """
            faults:
              - {on: channels.inviteToChannel, person: bobby, kind: DoneThenConnectionDropped}
            """;

    private Counts killedThenRun(Orders orders, KillPoint step, Runnable meanwhile) {
        Assertions.assertThatThrownBy(() -> stage.pod().killedAt(step, 1).run(Stage.inviting(orders.build())))
                .isInstanceOf(Pod.Killed.class);
        stage.leasesRunOut();
        meanwhile.run();
        return run(orders);
    }

    private Counts run(Orders orders) {
        Ending ending = stage.invite(orders.build());
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        return stage.report(orders.campaign()).counts();
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
        assertThat(run(again).skipped()).isEqualTo(1);
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
    void anAnswerThatWasLostIsSettledByTheSameProcess() {
        open(ADMIN + "faults: [{on: channels.inviteToChannel, person: bobby, kind: AnswerLost}]\n");
        Counts counts = run(Orders.of(alice).people("bobby", "carol"));
        assertThat(counts.invited()).isEqualTo(2);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"InviteOrLink", "InviteAndMessage"})
    void anInviteThatWasSentTwiceAfterALostConnectionCountsAsOurs(Mode mode) {
        open(ADMIN + DONE_THEN_DROPPED);
        Counts counts = run(Orders.of(alice).mode(mode).people("bobby", "carol"));
        assertThat(counts.alreadyMember()).isZero();
        assertThat(counts.invited() + counts.linkSent()).isEqualTo(2);
        assertThat(stage.reached(stage.person("bobby"), How.INVITE)).hasSize(1);
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).hasSize(mode == Mode.InviteAndMessage ? 1 : 0);
    }

    @Test
    void whoWasAddedAndLeftBeforeTheCallWasSentOnceMoreIsInvitedAndSuppressed() {
        open(ADMIN + DONE_THEN_DROPPED + "  - {on: channels.inviteToChannel, person: bobby, kind: AddedThenLeft}\n");
        assertThat(run(Orders.of(alice).people("bobby")).invited()).isEqualTo(1);
        stage.world().advanceClock(Duration.ofDays(10));
        assertThat(run(Orders.of(alice).mode(Mode.LinkOnly).people("bobby")).skipped())
                .isEqualTo(1);
        assertThat(stage.reached(stage.person("bobby"), How.INVITE)).hasSize(1);
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).isEmpty();
    }

    @Test
    void withoutALogWhoMayHaveBeenInvitedByTheFirstOfTwoCallsIsNotContactedAgainThatWeek() {
        open(MEMBER + DONE_THEN_DROPPED);
        assertThat(run(Orders.of(alice).people("bobby")).alreadyMember()).isEqualTo(1);
        stage.world()
                .acts()
                .perform(new Act.Leave(
                        stage.chatId("Meetup"), stage.person("bobby").id()));
        Orders elsewhere =
                Orders.of(alice).target("@second").mode(Mode.LinkOnly).people("bobby");
        stage.invite(elsewhere.build());
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).isEmpty();
        assertThat(stage.report(elsewhere.campaign()).counts().pending()).isEqualTo(1);
    }

    @Test
    void anInviteThatWasDoneBeforeTheSessionWasRevokedIsFoundAfterTheNextLoginAndNotMadeAgain() {
        open(ADMIN + "faults: [{on: channels.inviteToChannel, person: bobby, kind: DoneThenSessionRevoked}]\n");
        Orders orders = Orders.of(alice).people("bobby", "carol");
        assertThat(stage.invite(orders.build()).exit()).isEqualTo(ExitCode.LOGIN_REQUIRED);
        assertThat(counts(orders).inFlight()).isEqualTo(1);
        stage.login(alice, stage.person("alice"));
        assertThat(run(orders).invited()).isEqualTo(2);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isEqualTo(1);
    }

    @Test
    void aMessageThatWasSentBeforeTheSessionWasRevokedIsFoundAfterTheNextLoginAndNotSentAgain() {
        open(ADMIN + "faults: [{on: messages.sendMessage, person: bobby, kind: DoneThenSessionRevoked}]\n");
        Orders orders = Orders.of(alice).mode(Mode.LinkOnly).people("bobby");
        assertThat(stage.invite(orders.build()).exit()).isEqualTo(ExitCode.LOGIN_REQUIRED);
        stage.login(alice, stage.person("alice"));
        assertThat(run(orders).linkSent()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.MESSAGE)).isEqualTo(1);
    }

    @Test
    void aRequestThatWasLostIsProvedAndMadeAgain() {
        open(ADMIN + "faults: [{on: channels.inviteToChannel, person: bobby, kind: RequestLost}]\n");
        Counts counts = run(Orders.of(alice).people("bobby"));
        assertThat(counts.invited()).isEqualTo(1);
        assertThat(stage.reached(stage.person("bobby"), How.INVITE)).hasSize(1);
    }

    @Test
    void aRequestThatIsDoneLateIsNotMadeAgain() {
        open(ADMIN + "faults: [{on: channels.inviteToChannel, person: bobby, kind: Late, delay: 100s}]\n");
        Counts counts = run(Orders.of(alice).people("bobby"));
        assertThat(counts.invited()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isLessThanOrEqualTo(2);
        assertThat(stage.reached(stage.person("bobby"), How.INVITE)).hasSize(1);
    }

    @Test
    void othersAreContactedWhileAnActWaitsForItsSettlement() {
        open(ADMIN + "faults: [{on: channels.inviteToChannel, person: bobby, kind: AnswerLost}]\n");
        Instant start = stage.world().clock().instant();
        run(Orders.of(alice).people("bobby", "carol"));
        assertThat(stage.reached(stage.person("carol"), How.INVITE))
                .singleElement()
                .satisfies(contact -> assertThat(contact.at()).isBefore(start.plusSeconds(60)));
    }

    @Test
    void whileTelegramWantsNoRequestNothingIsSettledEither() {
        open(ADMIN + """
                faults:
                  - {on: channels.inviteToChannel, person: bobby, kind: AnswerLost}
                  - {on: channels.inviteToChannel, person: carol, kind: Error, text: FLOOD_WAIT_200}
                """);
        Counts counts = run(Orders.of(alice).people("bobby", "carol"));
        assertThat(counts.invited()).isEqualTo(2);
        List<Instant> calls = stage.world().truth().calls(Instant.EPOCH).stream()
                .map(Truth.Called::at)
                .toList();
        Instant flood = stage.world().truth().contacts().stream()
                .filter(contact -> contact.personId() == stage.person("carol").id())
                .map(Contact::at)
                .findFirst()
                .orElseThrow();
        assertThat(calls).noneMatch(at -> at.isAfter(flood.plusSeconds(1)) && at.isBefore(flood.plusSeconds(200)));
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
    void aMessageThatWasSentBeforeTheServerFailedAgainAndAgainIsNotSentTwice() {
        open(ADMIN + "faults: [{on: messages.sendMessage, person: bobby, kind: DoneThenServerError, times: 6}]\n");
        Counts counts = runToTheEnd(Orders.of(alice).people("bobby").mode(Mode.LinkOnly));
        assertThat(counts.linkSent()).isEqualTo(1);
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).hasSize(1);
    }

    @Test
    void anInviteThatWasMadeBeforeTheServerFailedAgainAndAgainCountsAsOurs() {
        open(ADMIN + "faults: [{on: channels.inviteToChannel, person: bobby, kind: DoneThenServerError, times: 6}]\n");
        Counts counts = runToTheEnd(Orders.of(alice).people("bobby"));
        assertThat(counts.invited()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isEqualTo(1);
    }

    @Test
    void whatMayBeAFloodWaitBindsTheAccountAlsoWhileItsActIsOpen() {
        open(ADMIN + "faults: [{on: messages.sendMessage, person: bobby, kind: DoneThenServerError, times: 6}]\n");
        Orders orders =
                Orders.of(alice).people("bobby", "carol").mode(Mode.LinkOnly).hibernateAfter(Duration.ofSeconds(10));
        Ending ending = stage.invite(orders.build());
        assertThat(ending.result().reason()).isEqualTo("FloodWait");
        assertThat(stage.tried(stage.person("carol"), How.MESSAGE)).isZero();
        assertThat(stage.ledger().reports().accounts(List.of(alice)).get(alice).coolDownUntil())
                .hasValueSatisfying(
                        until -> assertThat(until).isAfter(stage.world().clock().instant()));
    }

    /** A run that has an open intent ends for a while; the next one settles it. */
    private Counts runToTheEnd(Orders orders) {
        Ending ending = stage.invite(orders.build());
        for (int runs = 1; ending.result().ending() != RunResult.Ending.COMPLETED && runs < 5; runs++) {
            stage.world().clock().advance(Duration.ofHours(1));
            ending = stage.invite(orders.build());
        }
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        return stage.report(orders.campaign()).counts();
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
