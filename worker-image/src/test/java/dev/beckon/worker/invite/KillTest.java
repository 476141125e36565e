package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.simulator.world.Profile;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.RunResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A worker may be killed at any step: nobody is contacted twice, nobody is lost, no contact stays behind, no session is used
 * twice at a time. The world's truth is the judge.
 */
@Tag("integration")
class KillTest {
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001", contacts: [owned]}
              - {username: bobby}
              - {username: carol, privacy: {invites: Nobody}}
              - {phone: "+491700000098", name: First}
              - {phone: "+491700000099", name: Second, privacy: {invites: Nobody}}
              - {username: dora}
              - {username: owned, phone: "+491700000097"}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            """;
    private static final String[] AUDIENCE = {
        "bobby", "carol", "+491700000098", "+491700000099", "dora", "+491700000097"
    };

    /** Outside a run: the process's edge is tested with real processes, by {@code KilledProcessTest}. */
    private static final Set<KillPoint> ELSEWHERE = EnumSet.of(KillPoint.BEFORE_RESULT, KillPoint.IN_CALL);

    @TempDir
    private Path folder;

    /** Between claim and outcome, where modes differ. */
    private static final Set<KillPoint> AT_WORK = EnumSet.range(KillPoint.AFTER_CLAIM, KillPoint.AFTER_OUTCOME);

    static Stream<Arguments> steps() {
        return Stream.of(Mode.values())
                .flatMap(mode -> Arrays.stream(KillPoint.values())
                        .filter(step -> step.way() == KillPoint.Way.INVITE)
                        .filter(step -> !ELSEWHERE.contains(step))
                        .filter(step -> mode == Mode.InviteOrLink || AT_WORK.contains(step))
                        .flatMap(step -> times(step).map(nth -> Arguments.of(mode, step, nth))));
    }

    /** A step that every run passes once is tried once; an audience is read twice, for its digest and for its lines. */
    private static Stream<Integer> times(KillPoint step) {
        if (step == KillPoint.MID_IMPORT) {
            return Stream.of(1, 2, 3);
        }
        return AT_WORK.contains(step) ? Stream.of(1, 3) : Stream.of(1);
    }

    @ParameterizedTest(name = "{0}, {1} for the {2}. time")
    @MethodSource("steps")
    void everybodyIsReachedOnceOrUnknown(Mode mode, KillPoint step, int nth) {
        try (Stage stage = new Stage(folder, WORLD)) {
            String alice = stage.login("alice");
            Orders orders = Orders.of(alice).mode(mode).people(AUDIENCE);
            int kills = 0;
            boolean settling = step == KillPoint.BEFORE_SETTLEMENT || step == KillPoint.AFTER_SETTLEMENT;
            if (settling) {
                kills += killed(stage, orders, KillPoint.AFTER_CALL, 1);
            }
            int killedThere = killed(stage, orders, step, nth);
            assertThat(killedThere + nth)
                    .as("every step is reached at least once")
                    .isGreaterThan(1);
            kills += killedThere;
            assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
            judge(stage, orders, mode, kills);
        }
    }

    /** @return 1 when the step was reached and the process killed there */
    private static int killed(Stage stage, Orders orders, KillPoint step, int nth) {
        try {
            stage.pod().killedAt(step, nth).run(Stage.inviting(orders.build()));
            return 0;
        } catch (Pod.Killed e) {
            stage.leasesRunOut();
            return 1;
        }
    }

    private static void judge(Stage stage, Orders orders, Mode mode, int kills) {
        Counts counts = stage.report(orders.campaign()).counts();
        assertThat(counts.total()).isEqualTo(AUDIENCE.length);
        assertThat(counts.done() + counts.unknown()).as("nobody is lost").isEqualTo(AUDIENCE.length);
        assertThat(counts.unknown()).as("unknown at most once a kill").isLessThanOrEqualTo(kills);
        Profile alice = stage.person("alice");
        for (Profile person : stage.world().truth().people()) {
            assertThat(stage.reached(person, How.INVITE)).as("invited once").hasSizeLessThanOrEqualTo(1);
            assertThat(stage.reached(person, How.MESSAGE)).as("written to once").hasSizeLessThanOrEqualTo(1);
            if (mode != Mode.InviteAndMessage) {
                assertThat(stage.reached(person, How.INVITE).size()
                                + stage.reached(person, How.MESSAGE).size())
                        .as("contacts of %s in the mode %s", person.username(), mode)
                        .isLessThanOrEqualTo(1);
            }
            assertThat(stage.world().truth().isContact(alice.id(), person.id()))
                    .as("no imported contact stays, and the owner's own does")
                    .isEqualTo(person.username().filter("owned"::equals).isPresent());
        }
        assertThat(stage.world().truth().overlaps()).isEmpty();
    }
}
