package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.simulator.world.Profile;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Who leaves while a run lasts opts out then and there; the event log is read anew for it, and only what is new in it. */
class OptOutsTest extends OnStage {
    private static final String PEOPLE = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: owner}
              - {username: bobby}
              - {username: carol}
              - {username: dora}
              - {username: erik}
            chats:
            """;
    private static final String ADMIN = PEOPLE + "  - {title: Meetup, username: meetup, owner: alice}\n";
    private static final String MEMBER =
            PEOPLE + "  - {title: Meetup, username: meetup, owner: owner, members: [alice]}\n";
    private static final String[] FOUR = {"bobby", "carol", "dora", "erik"};

    private final List<Instant> readings = new ArrayList<>();

    private Pod pod() {
        return stage.pod().wiretapped(Wiretap.on((call, arguments) -> {
            if (call.equals("eventLog")) {
                readings.add((Instant) arguments.get(1));
            }
        }));
    }

    private Orders slowly(Duration pause) {
        return Orders.of(alice)
                .delay(pause, pause)
                .hibernateAfter(Duration.ofHours(1))
                .people(FOUR);
    }

    /** The person joins by themselves and leaves again at once. */
    private void looksIn(Profile person) {
        stage.world().acts().perform(new Act.Join(stage.chatId("Meetup"), person.id()));
        stage.world().acts().perform(new Act.Leave(stage.chatId("Meetup"), person.id()));
    }

    private Ending runWhileCarolLooksIn(Orders orders) {
        boolean[] done = {false};
        Pod pod = pod();
        pod.resting(_ -> {
            if (!done[0]) {
                done[0] = true;
                looksIn(stage.person("carol"));
            }
        });
        return pod.run(Stage.inviting(orders.build()));
    }

    @Test
    void whoJoinsAndLeavesDuringTheRunIsNotInvited() {
        open(ADMIN);
        Orders orders = slowly(Duration.ofMinutes(6));
        assertThat(runWhileCarolLooksIn(orders).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(stage.tried(stage.person("carol"), How.INVITE)).isZero();
        Counts counts = stage.report(orders.campaign()).counts();
        assertThat(counts.invited()).isEqualTo(3);
        assertThat(counts.skipped()).isEqualTo(1);
    }

    @Test
    void theLogIsReadAnewOnlyAfterSomeMinutes() {
        open(ADMIN);
        runWhileCarolLooksIn(slowly(Duration.ofMinutes(2)));
        // At the start, and once in the six minutes of the three pauses; and whether it was our call, sent twice, that
        // Carol left.
        assertThat(readings).hasSize(2 + 1);
    }

    @Test
    void onlyWhatIsNewInItIsRead() {
        open(ADMIN);
        runWhileCarolLooksIn(slowly(Duration.ofMinutes(6)));
        assertThat(readings).hasSizeGreaterThanOrEqualTo(3);
        assertThat(readings.get(1)).as("nothing was in it yet").isEqualTo(readings.get(0));
        assertThat(readings.get(2)).isAfter(readings.get(1).plus(Duration.ofHours(47)));
    }

    @Test
    void afterAWaitItIsReadAnewAtOnce() {
        open(ADMIN + "faults: [{on: channels.inviteToChannel, kind: Error, text: FLOOD_WAIT_90, after: 1}]\n");
        runWhileCarolLooksIn(slowly(Duration.ZERO));
        assertThat(readings).hasSize(2);
        assertThat(stage.tried(stage.person("carol"), How.INVITE))
                .as("only the call that was told to wait")
                .isEqualTo(1);
    }

    @Test
    void withoutTheRightToReadItNothingIsRead() {
        open(MEMBER);
        Ending ending = stage.pod()
                .wiretapped(Wiretap.on((call, _) -> {
                    if (call.equals("eventLog")) {
                        readings.add(Instant.MIN);
                    }
                }))
                .run(Stage.inviting(slowly(Duration.ofMinutes(6)).build()));
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(readings).isEmpty();
    }

    @Test
    void whileItCanNotBeReadNobodyIsContacted() {
        open(ADMIN + "faults: [{on: channels.getAdminLog, kind: Error, text: SOMETHING_NEW, after: 1}]\n");
        Orders orders = slowly(Duration.ofMinutes(6));
        Ending ending = stage.invite(orders.build());
        assertThat(ending.exit()).isEqualTo(ExitCode.TELEGRAM_UNAVAILABLE);
        assertThat(ending.result().message()).contains("SOMETHING_NEW");
        assertThat(stage.report(orders.campaign()).counts().pending()).isEqualTo(3);
        assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
    }

    @Test
    void aFloodWaitOfTheLogIsTheAccountsWait() {
        open(ADMIN + "faults: [{on: channels.getAdminLog, kind: Error, text: FLOOD_WAIT_7200}]\n");
        Orders orders = slowly(Duration.ZERO);
        Ending ending = stage.invite(orders.build());
        assertThat(ending.result().reason()).isEqualTo("FloodWait");
        assertThat(stage.report(orders.campaign()).counts().pending()).isEqualTo(FOUR.length);
    }

    @Test
    void whoLosesTheRightToReadItGoesOnWithout() {
        open(ADMIN
                + "faults: [{on: channels.getAdminLog, kind: Error, text: CHAT_ADMIN_REQUIRED, after: 1, times: 9}]\n");
        Orders orders = slowly(Duration.ofMinutes(6));
        assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(stage.report(orders.campaign()).counts().invited()).isEqualTo(FOUR.length);
    }

    /** A log of four events, of which one fits a reading; Carol left first. */
    private Pod readingPartByPart(List<String> calls) {
        looksIn(stage.person("carol"));
        looksIn(stage.person("owner"));
        UnaryOperator<TelegramSession> parts = Wiretap.logInParts(1);
        UnaryOperator<TelegramSession> heard = Wiretap.on((call, _) -> calls.add(call));
        return stage.pod().wiretapped(session -> heard.apply(parts.apply(session)));
    }

    @Test
    void ofALogThatIsTooLongForOneReadingEveryPartIsReadBeforeAnybodyIsContacted() {
        open(ADMIN);
        List<String> calls = new ArrayList<>();
        Orders orders = slowly(Duration.ZERO);
        Ending ending = readingPartByPart(calls).run(Stage.inviting(orders.build()));
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(calls.stream().filter("olderEvents"::equals)).hasSize(3);
        assertThat(calls.lastIndexOf("olderEvents")).isLessThan(calls.indexOf("addMember"));
        assertThat(stage.tried(stage.person("carol"), How.INVITE)).isZero();
        assertThat(stage.report(orders.campaign()).counts().skipped()).isEqualTo(1);
    }

    @Test
    void whoeverWishesTheRunToEndIsHeardBetweenTwoParts() {
        open(ADMIN);
        Orders orders = slowly(Duration.ZERO);
        Pod pod = readingPartByPart(new ArrayList<>());
        Ending ending = pod.resting(_ -> pod.stop().raise()).run(Stage.inviting(orders.build()));
        assertThat(ending.result().reason()).isEqualTo("Stopped");
        assertThat(stage.report(orders.campaign()).counts().pending()).isEqualTo(FOUR.length);
    }

    @Test
    void aRefusalOfOnePartForbidsToContactAnybodyAndTheOthersAreNotReadAgain() {
        open(ADMIN);
        Orders orders = slowly(Duration.ZERO);
        List<String> calls = new ArrayList<>();
        UnaryOperator<TelegramSession> parts = Wiretap.logInParts(1);
        Pod pod = readingPartByPart(calls);
        UnaryOperator<TelegramSession> waits = Wiretap.answeringOnce(
                "olderEvents",
                Answer.refused(new TelegramError.Wait(
                        "FLOOD_WAIT_90", Duration.ofSeconds(90), TelegramError.Wait.Scope.ACCOUNT)));
        UnaryOperator<TelegramSession> heard = Wiretap.on((call, _) -> calls.add(call));
        pod.wiretapped(session -> heard.apply(waits.apply(parts.apply(session))));
        assertThat(pod.run(Stage.inviting(orders.build())).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(calls.stream().filter("olderEvents"::equals))
                .as("one of them twice")
                .hasSize(3 + 1);
        assertThat(stage.tried(stage.person("carol"), How.INVITE)).isZero();
    }
}
