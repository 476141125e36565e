package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.simulator.world.Method;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What must be waited for gives the pod back or is slept, and nobody is lost or hurried meanwhile. */
class WaitsTest extends OnStage {
    private static void waitsFor(Ending ending, String why, Instant until) {
        assertThat(ending.exit()).isEqualTo(ExitCode.OK);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo(why);
        assertThat(ending.result().resumeAt()).contains(until);
    }

    @Test
    void aLongFloodWaitGivesThePodBackAndNobodyIsLost() {
        open(MEETUPS + "faults: [{on: channels.inviteToChannel, kind: Error, text: FLOOD_WAIT_3600, after: 1}]\n");
        Orders orders = Orders.of(alice).people(ALL);
        Ending ending = stage.invite(orders.build());
        waitsFor(ending, "FloodWait", now().plusSeconds(3600));
        assertThat(counts(orders).done()).isEqualTo(1);
        assertThat(counts(orders).pending()).isEqualTo(2);
        assertThat(account(alice).state()).isEqualTo(AccountState.CoolingDown);
        assertThat(account(alice).lease()).as("the account is free").isEmpty();
        CampaignReport report = stage.report(orders.campaign());
        assertThat(report.waitingFor()).contains("FloodWait");
        assertThat(report.nextActionTime()).contains(now().plusSeconds(3600));

        Pod pod = stage.pod().withoutTelegram();
        waitsFor(pod.run(Stage.inviting(orders.build())), "FloodWait", now().plusSeconds(3600));
        assertThat(account(alice).lease()).as("the account is free").isEmpty();

        stage.world().advanceClock(Duration.ofHours(1));
        assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(counts(orders).invited()).isEqualTo(3);
    }

    @Test
    void aShortFloodWaitIsSlept() {
        open(MEETUPS + "faults: [{on: channels.inviteToChannel, kind: Error, text: FLOOD_WAIT_90}]\n");
        Instant start = now();
        Orders orders = Orders.of(alice).people(ALL);
        assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(now()).isAfterOrEqualTo(start.plusSeconds(90));
        assertThat(counts(orders).invited()).isEqualTo(3);
    }

    @Test
    void aFloodWaitBindsEveryCampaignOfTheAccountAndOfItsUser() {
        open(MEETUPS + "faults: [{on: channels.inviteToChannel, kind: Error, text: FLOOD_WAIT_3600}]\n");
        stage.invite(Orders.of(alice).people("bobby").build());
        String sameUser = UUID.randomUUID().toString();
        stage.login(sameUser, stage.person("alice"));
        Orders other = Orders.of(sameUser).target("@second_meetup").people("carol");
        Pod pod = stage.pod().withoutTelegram();
        waitsFor(pod.run(Stage.inviting(other.build())), "FloodWait", now().plusSeconds(3600));
        assertThat(stage.tried(stage.person("carol"), How.INVITE)).isZero();
    }

    @Test
    void aRunThatBeginsInAFloodWaitSaysNothingToTelegramBeforeItIsOver() {
        open(MEETUPS + "faults: [{on: channels.inviteToChannel, kind: Error, text: FLOOD_WAIT_3600}]\n");
        Orders orders = Orders.of(alice).people(ALL);
        stage.invite(orders.build());
        Instant over = now().plusSeconds(3600);
        stage.world().advanceClock(Duration.ofMinutes(57));
        Instant begun = now();
        // Less than the time for which a pod is given back is left: it is slept.
        assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(stage.world().truth().calls(begun))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.at()).isAfterOrEqualTo(over));
        assertThat(counts(orders).invited()).isEqualTo(3);
    }

    @Test
    void outsideTheWindowNobodyIsContacted() {
        open(MEETUPS);
        Orders orders = Orders.of(alice).window("12:00", "20:00", "UTC", "Tue").people(ALL);
        waitsFor(stage.invite(orders.build()), "QuietHours", Instant.parse("2026-11-24T12:00:00Z"));
        assertThat(counts(orders).pending()).isEqualTo(3);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isZero();
    }

    @Test
    void anAdministratorIsAskedOnceAndTheHourlyLookCostsNoJoin() {
        open(MEETUPS + "  - {title: Guarded, owner: zoey, links: [{hash: AbCdEfGhIj, request: true}]}\n");
        Orders orders = Orders.of(alice)
                .target("https://t.me/+AbCdEfGhIj")
                .limits(40, 40, 2, 100)
                .window("08:00", "22:00", "UTC")
                .people(ALL);
        Instant begun = now();
        for (int hour = 1; hour <= 4; hour++) {
            waitsFor(stage.invite(orders.build()), "JoinApproval", now().plus(Duration.ofHours(1)));
            stage.world().advanceClock(Duration.ofHours(1));
        }
        assertThat(stage.world().truth().calls(begun))
                .filteredOn(call -> call.method() == Method.IMPORT_CHAT_INVITE)
                .hasSize(1);
        stage.world()
                .acts()
                .answerJoinRequest(
                        stage.chatId("Guarded"), stage.person("alice").id(), true);
        assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(counts(orders).invited()).isEqualTo(3);
    }

    @Test
    void theAccountsDailyLimitIsOfAnyTwentyFourHours() {
        open(MEETUPS);
        Orders orders = Orders.of(alice).limits(2, 40, 5, 100).people(ALL);
        Instant first = now();
        waitsFor(stage.invite(orders.build()), "DailyLimit", first.plus(Duration.ofDays(1)));
        assertThat(counts(orders).invited()).isEqualTo(2);
        stage.world().advanceClock(Duration.ofDays(1));
        stage.invite(orders.build());
        assertThat(counts(orders).invited()).isEqualTo(3);
    }

    @Test
    void theLookUpBudgetKeepsAReserveForSettling() {
        open(MEETUPS);
        Orders orders = Orders.of(alice).limits(40, 40, 5, 2).people(ALL);
        Ending ending = stage.invite(orders.build());
        assertThat(ending.result().reason()).isEqualTo("DailyLimit");
        assertThat(counts(orders).invited()).isEqualTo(1);
    }

    @Test
    void theChatsLimitCountsAllAccounts() {
        open(MEETUPS);
        String zoey = stage.login("zoey");
        Orders orders = Orders.of(alice, zoey).perChatPerDay(2).people(ALL);
        stage.invite(orders.build(alice));
        Ending ending = stage.invite(orders.build(zoey));
        long invited = counts(orders).invited();
        assertThat(invited).isEqualTo(2);
        assertThat(ending.result().reason()).isIn("ChatLimit", "AllDone");
    }

    @Test
    void thePauseBetweenTwoPeopleIsKeptAcrossProcesses() {
        open(MEETUPS);
        Orders orders = Orders.of(alice)
                .delay(Duration.ofSeconds(60), Duration.ofSeconds(60))
                .people(ALL);
        Pod pod = stage.pod();
        pod.resting(_ -> pod.stop().raise());
        assertThat(pod.run(Stage.inviting(orders.build())).result().ending()).isEqualTo(RunResult.Ending.YIELDED);
        stage.invite(orders.build());
        List<Instant> times = stage.world().truth().contacts().stream()
                .filter(contact -> contact.how() == How.INVITE)
                .map(contact -> contact.at())
                .toList();
        assertThat(times).hasSize(3);
        IntStream.range(1, 3)
                .forEach(i -> assertThat(times.get(i))
                        .isAfterOrEqualTo(times.get(i - 1).plusSeconds(60)));
    }

    @Test
    void anUnknownRefusalIsRetriedWithBackOffAndGivenUpAfterTheLastAttempt() {
        open(
                MEETUPS
                        + "faults: [{on: channels.inviteToChannel, kind: Error, text: SOMETHING_NEW, person: bobby, times: 9}]\n");
        Orders orders = Orders.of(alice).retry(2, Duration.ofMinutes(10)).people("bobby", "carol");
        Ending ending = stage.invite(orders.build());
        assertThat(ending.result().reason()).isEqualTo("Retry");
        assertThat(counts(orders).invited()).isEqualTo(1);
        stage.world().advanceClock(Duration.ofMinutes(10));
        assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(counts(orders).failed()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isEqualTo(2);
    }

    @Test
    void theFrequencyCapHoldsOverChatsAndCampaigns() {
        open(MEETUPS);
        assertThat(stage.invite(Orders.of(alice).people("bobby").build())
                        .result()
                        .ending())
                .isEqualTo(RunResult.Ending.COMPLETED);
        Orders other =
                Orders.of(alice).target("@second_meetup").mode(Mode.LinkOnly).people("bobby", "carol");
        Ending ending = stage.invite(other.build());
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo("FrequencyCap");
        assertThat(counts(other).linkSent()).isEqualTo(1);
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).isEmpty();
        stage.world().advanceClock(Duration.ofDays(7));
        stage.invite(other.build());
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).hasSize(1);
    }
}
