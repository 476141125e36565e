package dev.beckon.operator.autopost;

import static dev.beckon.operator.autopost.ScheduleScene.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostScheduleStatus.State;
import dev.beckon.operator.autopost.AutopostActor.Acted;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.worker.Holder;
import dev.beckon.operator.worker.WorkerRun.Phase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs that had a Job and came to no post are counted, each once. */
class LostRunTest {
    private static final RunCourse IDLE = new RunCourse.Idle(Optional.empty());

    private static List<String> lost(AutopostObserved observed, RunCourse course) {
        return LostRun.of(observed, course).stream()
                .map(it -> it.due().toString().substring(11, 16) + " " + it.reason())
                .toList();
    }

    private static RunCourse working(String name, String due) {
        return new RunCourse.Working(ScheduleScene.run(name, due, Phase.ACTIVE), false, Optional.empty());
    }

    @Test
    void itIsCountedWhenItsDeadlineHasPassedAndNotBefore() {
        ScheduleScene scene =
                new ScheduleScene("").settled("12:00").made("12:00").job("j12", "12:00", Phase.FAILED);

        assertThat(lost(scene.at("12:30"), IDLE)).isEmpty();
        assertThat(lost(scene.at("12:31"), IDLE)).containsExactly("12:00 DeadlineExceeded");
        assertThat(lost(scene.counted("12:00").at("12:31"), IDLE)).isEmpty();
    }

    @Test
    void soIsOneThatTelegramHadWait() {
        ScheduleScene scene = new ScheduleScene("")
                .settled("12:00")
                .made("12:00")
                .job("j12", "12:00", Phase.SUCCEEDED)
                .began("j12", "12:01", null, 0);

        assertThat(lost(scene.at("12:31"), IDLE)).containsExactly("12:00 FloodWait");
    }

    @Test
    void oneThatCameToItsPostIsNot() {
        ScheduleScene scene = new ScheduleScene("")
                .settled("12:00")
                .made("12:00")
                .job("j12", "12:00", Phase.SUCCEEDED)
                .began("j12", "12:01", "monday.md", 0);

        assertThat(lost(scene.at("12:50"), IDLE)).isEmpty();
        assertThat(RunEnds.isGivenUp(scene.at("12:50"), "j12")).isFalse();
    }

    /** The ledger keeps its line for ever: it is not counted anew when its Job is removed. */
    @Test
    void norIsOneCountedAgainWhenItsJobIsRemoved() {
        ScheduleScene scene = new ScheduleScene("")
                .settled("12:00")
                .made("12:00")
                .counted("12:00")
                .began("j12", "12:01", null, 0);

        assertThat(lost(scene.at("12:50"), IDLE)).isEmpty();
    }

    @Test
    void oneWhosePodCanNotBeMadeIsCounted() {
        ScheduleScene scene =
                new ScheduleScene("").settled("12:00").made("12:00").job("j12", "12:00", Phase.ACTIVE);

        assertThat(lost(scene.at("12:31"), IDLE)).containsExactly("12:00 PodNotStarted");
        assertThat(Unbegun.ended(scene.at("12:31"))).isPresent();
        assertThat(Unbegun.ended(scene.at("12:29"))).isEmpty();
    }

    @Test
    void oneThatTheNextRunBeginsWithoutIsCountedThen() {
        ScheduleScene scene = new ScheduleScene("")
                .settled("12:00")
                .made("12:00")
                .job("j11", "11:45", Phase.FAILED)
                .job("j12", "12:00", Phase.SUSPENDED);

        assertThat(lost(scene.at("12:01"), IDLE)).isEmpty();
        assertThat(lost(scene.at("12:01"), working("j12", "12:00"))).containsExactly("11:45 DeadlineExceeded");
    }

    @Test
    void aReplacedRunThatWaitedIsCounted() {
        ScheduleScene scene = new ScheduleScene("concurrencyPolicy: Replace")
                .settled("11:00")
                .made("12:00")
                .job("j12", "12:00", Phase.SUSPENDED)
                .gone("j11", "11:00", Phase.SUSPENDED);

        assertThat(lost(scene.at("12:00"), IDLE)).containsExactly("11:00 Replaced");
    }

    @Test
    void butNotOneOfWhichThatIsLongKnownNorOneThatSomebodyElseRemoved() {
        assertThat(lost(
                        new ScheduleScene("concurrencyPolicy: Replace")
                                .settled("11:00")
                                .made("12:00")
                                .goneBefore("j11", "11:00", Phase.SUSPENDED)
                                .at("12:00"),
                        IDLE))
                .isEmpty();
        assertThat(lost(
                        new ScheduleScene("")
                                .settled("11:00")
                                .made("12:00")
                                .gone("j11", "11:00", Phase.SUSPENDED)
                                .at("12:00"),
                        IDLE))
                .isEmpty();
    }

    @Test
    void aPassThatMissedARunIsTold() {
        RunCourse ending = new RunCourse.Queued(Holder.Brief.ENDING_POD);
        LostRun lost = new LostRun(time("12:00"), "PodNotStarted", "It was missed.");

        assertThat(new Acted(ending, List.of()).isPassing()).isTrue();
        assertThat(new Acted(ending, List.of(lost)).isPassing()).isFalse();
    }

    @Test
    void aReplacedRunWithAPostIsGivenUpAndCountedWhenTheNextBeginsIfNoChatHasIt() {
        ScheduleScene none = new ScheduleScene("concurrencyPolicy: Replace")
                .settled("11:00")
                .made("12:00")
                .job("j12", "12:00", Phase.SUSPENDED)
                .began("j11", "11:01", "monday.md", 0);
        ScheduleScene some = new ScheduleScene("concurrencyPolicy: Replace")
                .settled("11:00")
                .made("12:00")
                .job("j12", "12:00", Phase.SUSPENDED)
                .began("j11", "11:01", "monday.md", 1);

        assertThat(RunEnds.isGivenUp(none.at("12:00"), "j11")).isTrue();
        assertThat(RunEnds.isGivenUp(some.at("12:00"), "j11")).isTrue();
        assertThat(lost(none.at("12:00"), IDLE)).isEmpty();
        assertThat(lost(none.at("12:00"), working("j12", "12:00"))).containsExactly("11:01 Replaced");
        assertThat(lost(some.at("12:00"), working("j12", "12:00"))).isEmpty();
    }

    /** It is not gone on with when the run that took its place is over, as it was. */
    @Test
    void aReplacedRunStaysGivenUp() {
        ScheduleScene scene = new ScheduleScene("concurrencyPolicy: Replace")
                .settled("12:00")
                .made("12:00")
                .job("j12", "12:00", Phase.FAILED)
                .began("j11", "11:01", "monday.md", 0);

        assertThat(RunEnds.isGivenUp(scene.at("12:10"), "j11")).isTrue();
    }

    @Test
    void whatAPersonAskedForIsReplacedByNothing() {
        String asked = RunUids.now(ScheduleScene.UID, "go");
        ScheduleScene scene = new ScheduleScene("concurrencyPolicy: Replace")
                .settled("12:00")
                .made("12:00")
                .job("j12", "12:00", Phase.SUSPENDED)
                .began(asked, "11:01", "monday.md", 0);

        assertThat(RunEnds.isGivenUp(scene.at("12:10"), asked)).isFalse();
        assertThat(lost(scene.at("12:10"), working("j12", "12:00"))).isEmpty();
    }

    @Test
    void nothingIsMissedWhileEveryPostWasUsed() {
        ScheduleScene scene = new ScheduleScene("")
                .settled("12:00")
                .made("12:00")
                .job("j12", "12:00", Phase.SUSPENDED)
                .state(State.Exhausted);

        assertThat(lost(scene.at("12:40"), IDLE)).isEmpty();
    }

    @Test
    void thoseOfSeveralAreToldInOrder() {
        ScheduleScene scene = new ScheduleScene("concurrencyPolicy: Allow")
                .settled("12:00")
                .made("12:00")
                .job("j12", "12:00", Phase.SUSPENDED)
                .job("j11", "11:00", Phase.SUSPENDED);

        assertThat(LostRun.of(scene.at("12:40"), IDLE))
                .extracting(LostRun::due)
                .containsExactly(time("11:00"), time("12:00"));
    }
}
