package dev.beckon.worker.invite;

import static dev.beckon.worker.invite.SettlementTest.ADMIN;
import static dev.beckon.worker.invite.SettlementTest.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Contact;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.simulator.world.Truth;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An act whose answer got lost on its way to a living process, or is not about what Telegram did: it is asked for, and not made again. */
class LostAnswerTest extends OnStage {
    private static final String DONE_THEN_DROPPED = """
            faults:
              - {on: channels.inviteToChannel, person: bobby, kind: DoneThenConnectionDropped}
            """;

    @Test
    void anAnswerThatWasLostIsSettledByTheSameProcess() {
        open(ADMIN + "faults: [{on: channels.inviteToChannel, person: bobby, kind: AnswerLost}]\n");
        Counts counts = completed(Orders.of(alice).people("bobby", "carol"));
        assertThat(counts.invited()).isEqualTo(2);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"InviteOrLink", "InviteAndMessage"})
    void anInviteThatWasSentTwiceAfterALostConnectionCountsAsOurs(Mode mode) {
        open(ADMIN + DONE_THEN_DROPPED);
        Counts counts = completed(Orders.of(alice).mode(mode).people("bobby", "carol"));
        assertThat(counts.alreadyMember()).isZero();
        assertThat(counts.invited() + counts.linkSent()).isEqualTo(2);
        assertThat(stage.reached(stage.person("bobby"), How.INVITE)).hasSize(1);
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).hasSize(mode == Mode.InviteAndMessage ? 1 : 0);
    }

    @Test
    void whoWasAddedAndLeftBeforeTheCallWasSentOnceMoreIsInvitedAndSuppressed() {
        open(ADMIN + DONE_THEN_DROPPED + "  - {on: channels.inviteToChannel, person: bobby, kind: AddedThenLeft}\n");
        assertThat(completed(Orders.of(alice).people("bobby")).invited()).isEqualTo(1);
        stage.world().advanceClock(Duration.ofDays(10));
        assertThat(completed(Orders.of(alice).mode(Mode.LinkOnly).people("bobby"))
                        .skipped())
                .isEqualTo(1);
        assertThat(stage.reached(stage.person("bobby"), How.INVITE)).hasSize(1);
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).isEmpty();
    }

    @Test
    void withoutALogWhoMayHaveBeenInvitedByTheFirstOfTwoCallsIsNotContactedAgainThatWeek() {
        open(MEMBER + DONE_THEN_DROPPED);
        assertThat(completed(Orders.of(alice).people("bobby")).alreadyMember()).isEqualTo(1);
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
        assertThat(completed(orders).invited()).isEqualTo(2);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isEqualTo(1);
    }

    @Test
    void aMessageThatWasSentBeforeTheSessionWasRevokedIsFoundAfterTheNextLoginAndNotSentAgain() {
        open(ADMIN + "faults: [{on: messages.sendMessage, person: bobby, kind: DoneThenSessionRevoked}]\n");
        Orders orders = Orders.of(alice).mode(Mode.LinkOnly).people("bobby");
        assertThat(stage.invite(orders.build()).exit()).isEqualTo(ExitCode.LOGIN_REQUIRED);
        stage.login(alice, stage.person("alice"));
        assertThat(completed(orders).linkSent()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.MESSAGE)).isEqualTo(1);
    }

    @Test
    void aRequestThatWasLostIsProvedAndMadeAgain() {
        open(ADMIN + "faults: [{on: channels.inviteToChannel, person: bobby, kind: RequestLost}]\n");
        Counts counts = completed(Orders.of(alice).people("bobby"));
        assertThat(counts.invited()).isEqualTo(1);
        assertThat(stage.reached(stage.person("bobby"), How.INVITE)).hasSize(1);
    }

    @Test
    void aRequestThatIsDoneLateIsNotMadeAgain() {
        open(ADMIN + "faults: [{on: channels.inviteToChannel, person: bobby, kind: Late, delay: 100s}]\n");
        Counts counts = completed(Orders.of(alice).people("bobby"));
        assertThat(counts.invited()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isLessThanOrEqualTo(2);
        assertThat(stage.reached(stage.person("bobby"), How.INVITE)).hasSize(1);
    }

    @Test
    void othersAreContactedWhileAnActWaitsForItsSettlement() {
        open(ADMIN + "faults: [{on: channels.inviteToChannel, person: bobby, kind: AnswerLost}]\n");
        Instant start = stage.world().clock().instant();
        completed(Orders.of(alice).people("bobby", "carol"));
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
        Counts counts = completed(Orders.of(alice).people("bobby", "carol"));
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
    void aMessageThatWasSentBeforeTheServerFailedAgainAndAgainIsNotSentTwice() {
        open(ADMIN + "faults: [{on: messages.sendMessage, person: bobby, kind: DoneThenServerError, times: 6}]\n");
        Counts counts = runToTheEnd(Orders.of(alice).people("bobby").mode(Mode.LinkOnly));
        assertThat(counts.linkSent()).isEqualTo(1);
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOOD_WAIT_90", "FLOOD_WAIT_7200", "PEER_FLOOD"})
    void aMessageWhoseSecondSendingIsRefusedIsNotSentAgain(String refusal) {
        open(ADMIN + """
                faults:
                  - {on: messages.sendMessage, person: bobby, kind: DoneThenConnectionDropped}
                  - {on: messages.sendMessage, person: bobby, kind: Error, text: %s, after: 1}
                """.formatted(refusal));
        Counts counts = runToTheEnd(Orders.of(alice).people("bobby", "carol").mode(Mode.LinkOnly));
        assertThat(counts.linkSent()).isEqualTo(2);
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).hasSize(1);
        assertThat(stage.tried(stage.person("bobby"), How.MESSAGE)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOOD_WAIT_90", "FLOOD_WAIT_7200", "PEER_FLOOD"})
    void aMessageThatWasRefusedAndIsNotThereIsSentWhenTheAccountMay(String refusal) {
        open(ADMIN + "faults: [{on: messages.sendMessage, person: bobby, kind: Error, text: %s}]\n".formatted(refusal));
        Orders orders = Orders.of(alice).people("bobby", "carol").mode(Mode.LinkOnly);
        Counts counts = runToTheEnd(orders);
        assertThat(counts.linkSent()).isEqualTo(2);
        assertThat(counts.unknown()).isZero();
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).hasSize(1);
    }

    @Test
    void aRefusedMessageIsInFlightUntilItIsAskedForAndItsRefusalIsTold() {
        open(ADMIN + "faults: [{on: messages.sendMessage, person: bobby, kind: Error, text: FLOOD_WAIT_7200}]\n");
        Orders orders = Orders.of(alice).people("bobby").mode(Mode.LinkOnly);
        assertThat(stage.invite(orders.build()).result().reason()).isEqualTo("FloodWait");
        assertThat(counts(orders).inFlight()).isEqualTo(1);
        assertThat(account(alice).coolDownUntil())
                .hasValueSatisfying(until -> assertThat(until).isAfter(now().plusSeconds(7000)));
    }

    @Test
    void whoIsLeftToTheNextRunDoesNotWaitForWhomTheFrequencyCapKeepsBack() {
        open(OnStage.MEETUPS
                + "faults: [{on: messages.sendMessage, person: carol, kind: Error, text: FLOOD_WAIT_180}]\n");
        completed(Orders.of(alice).people("bobby"));
        Orders orders =
                Orders.of(alice).target("@second_meetup").mode(Mode.LinkOnly).people("bobby", "carol");

        waitsForSettlement(orders);

        assertThat(stage.invite(orders.build()).result().reason()).isEqualTo("FrequencyCap");
        assertThat(counts(orders).linkSent()).isEqualTo(1);
        assertThat(stage.reached(stage.person("carol"), How.MESSAGE)).hasSize(1);
    }

    @Test
    void whoIsLeftToTheNextRunIsSettledByOneAlsoWhereNobodyMoreIsContactedBeforeTheDeadline() {
        open(ADMIN + "faults: [{on: messages.sendMessage, person: bobby, kind: Error, text: FLOOD_WAIT_90}]\n");
        Duration pause = Duration.ofMinutes(20);
        Orders orders = Orders.of(alice)
                .mode(Mode.LinkOnly)
                .people("bobby", "carol")
                .delay(pause, pause)
                .deadline(now().plus(Duration.ofMinutes(15)));

        waitsForSettlement(orders);

        assertThat(completed(orders).pending()).isEqualTo(2);
    }

    /** The run ends, and its next worker may begin at once. */
    private void waitsForSettlement(Orders orders) {
        Ending ending = stage.invite(orders.build());
        assertThat(ending.result().reason()).isEqualTo("Settlement");
        assertThat(ending.result().resumeAt())
                .hasValueSatisfying(at -> assertThat(at).isBeforeOrEqualTo(now()));
        assertThat(counts(orders).inFlight()).isEqualTo(1);
    }

    @Test
    void pastTheDeadlineARefusedMessageThatThisProcessDoesNotSeeIsUnknown() {
        open(ADMIN + "faults: [{on: messages.sendMessage, person: bobby, kind: Error, text: FLOOD_WAIT_90}]\n");
        Orders orders = Orders.of(alice).people("bobby").mode(Mode.LinkOnly).deadline(now().plusSeconds(60));
        assertThat(completed(orders).unknown()).isEqualTo(1);
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
            if (ending.result().ending() == RunResult.Ending.PAUSED) {
                stage.acknowledge(orders.campaign());
            }
            stage.world().clock().advance(Duration.ofHours(1));
            ending = stage.invite(orders.build());
        }
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        return stage.report(orders.campaign()).counts();
    }
}
