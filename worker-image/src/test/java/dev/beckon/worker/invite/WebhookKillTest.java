package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.ledger.webhook.Receipt;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.simulator.world.Profile;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.Hook;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The worker of an open webhook may be killed at any step, and somebody comes in that very moment: nobody is contacted twice, nobody is lost, no
 * contact stays behind. The world's truth is the judge.
 */
@Tag("integration")
class WebhookKillTest {
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {phone: "+491700000002", name: Bobby}
              - {phone: "+491700000003", name: Carol, privacy: {invites: Nobody}}
              - {phone: "+491700000004", name: Dora}
              - {phone: "+491700000005", name: Emil, privacy: {invites: Nobody}}
              - {phone: "+491700000006", name: Fay}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            """;
    private static final List<String> BEFORE =
            List.of("+491700000002", "+491700000003", "+491700000004", "+491700000005");
    private static final String IN_THAT_MOMENT = "+491700000006";
    private static final int ALL = 5;
    private static final Duration IDLE = Duration.ofMinutes(1);

    private static final Set<KillPoint.Way> WAYS = EnumSet.of(KillPoint.Way.INVITE, KillPoint.Way.WEBHOOK);

    /** Steps that no such run passes, or only the process's edge does: that is tested by {@code KilledProcessTest}. */
    private static final Set<KillPoint> ELSEWHERE = EnumSet.of(
            KillPoint.BEFORE_IMPORT,
            KillPoint.MID_IMPORT,
            KillPoint.AFTER_IMPORT,
            KillPoint.IN_CALL,
            KillPoint.BEFORE_RESULT);

    /** Between claim and outcome, where modes differ. */
    private static final Set<KillPoint> AT_WORK = EnumSet.range(KillPoint.AFTER_CLAIM, KillPoint.AFTER_OUTCOME);

    @TempDir
    private Path folder;

    private Stage stage;
    private Orders orders;
    private Hook hook;

    @BeforeEach
    void anOpenWebhook() {
        stage = new Stage(folder, WORLD);
        orders = Orders.of(stage.login("alice")).webhook(IDLE);
        hook = stage.hook(orders);
    }

    @AfterEach
    void close() {
        hook.close();
        stage.close();
    }

    static Stream<Arguments> steps() {
        return Stream.of(Mode.values())
                .flatMap(mode -> Arrays.stream(KillPoint.values())
                        .filter(step -> WAYS.contains(step.way()) && !ELSEWHERE.contains(step))
                        .filter(step -> mode == Mode.InviteOrLink || AT_WORK.contains(step))
                        .flatMap(step -> (AT_WORK.contains(step) ? Stream.of(1, 3) : Stream.of(1))
                                .map(nth -> Arguments.of(mode, step, nth))));
    }

    @ParameterizedTest(name = "{0}, {1} for the {2}. time")
    @MethodSource("steps")
    void everybodyIsReachedOnceOrUnknown(Mode mode, KillPoint step, int nth) {
        orders.mode(mode);
        BEFORE.forEach(this::comes);
        int kills = 1;
        if (step == KillPoint.BEFORE_SETTLEMENT || step == KillPoint.AFTER_SETTLEMENT) {
            killed(stage.pod().killedAt(KillPoint.AFTER_CALL, 1));
            kills++;
        }
        killed(stage.pod().meeting(step, nth, () -> comes(IN_THAT_MOMENT)).killedAt(step, nth));
        judge(mode, kills);
    }

    /** Nobody is left but who comes just then, and the account is to be given back. */
    @Test
    void whoComesAsAListeningWorkerIsKilledBelongsToTheNext() {
        BEFORE.forEach(this::comes);
        Pod pod = stage.pod();
        killed(pod.resting(_ -> pod.stop().raise())
                .meeting(KillPoint.YIELDING, 1, () -> comes(IN_THAT_MOMENT))
                .killedAt(KillPoint.YIELDING, 1));
        assertThat(stage.reached(stage.byPhone(BEFORE.getFirst()), How.INVITE)).hasSize(1);
        assertThat(stage.tried(stage.byPhone(IN_THAT_MOMENT), How.INVITE)).isZero();
        judge(Mode.InviteOrLink, 1);
        assertThat(stage.reached(stage.byPhone(IN_THAT_MOMENT), How.INVITE)).hasSize(1);
    }

    private void comes(String phone) {
        assertThat(hook.comes(phone)).isEqualTo(Receipt.Fate.Accepted);
    }

    private void killed(Pod pod) {
        try {
            Ending ending = pod.run(Stage.inviting(orders.build()));
            throw new AssertionError("the step was not reached: " + ending);
        } catch (Pod.Killed e) {
            stage.leasesRunOut();
        }
    }

    /** Once the next worker has done what was left, and nobody else came for a while. */
    private void judge(Mode mode, int kills) {
        Ending ending = stage.invite(orders.build());
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo("QueueEmpty");
        Counts counts = stage.report(orders.campaign()).counts();
        assertThat(counts.total()).isEqualTo(ALL);
        assertThat(counts.done() + counts.unknown()).as("nobody is lost").isEqualTo(ALL);
        assertThat(counts.unknown()).as("unknown at most once a kill").isLessThanOrEqualTo(kills);
        long alice = stage.person("alice").id();
        for (Profile person : stage.world().truth().people()) {
            int invited = stage.reached(person, How.INVITE).size();
            int written = stage.reached(person, How.MESSAGE).size();
            assertThat(invited).as("invited once").isLessThanOrEqualTo(1);
            assertThat(written).as("written to once").isLessThanOrEqualTo(1);
            if (mode != Mode.InviteAndMessage) {
                assertThat(invited + written)
                        .as("contacts in the mode %s", mode)
                        .isLessThanOrEqualTo(1);
            }
            assertThat(stage.world().truth().isContact(alice, person.id()))
                    .as("no imported contact stays")
                    .isFalse();
        }
        assertThat(stage.world().truth().overlaps()).isEmpty();
    }
}
