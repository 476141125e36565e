package dev.beckon.operator.autopost;

import static dev.beckon.operator.autopost.ScheduleScene.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostScheduleStatus.State;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.worker.WorkerRun.Phase;
import org.junit.jupiter.api.Test;

/** Which run, of those that came to no post, makes up for what was missed: one at most, and none beside what is due. */
class PendingTest {
    private static ScheduleScene once() {
        return new ScheduleScene("missedRuns: PublishOnce");
    }

    @Test
    void whatCameToNoPostInTimeMakesUpForItselfUnderItsOwnName() {
        assertThat(Pending.makesUp(once().settled("12:00")
                        .made("12:00")
                        .job("j12", "12:00", Phase.FAILED)
                        .at("12:40")))
                .contains("j12");
    }

    @Test
    void butNotWhereWhatWasMissedIsSkipped() {
        ScheduleScene skip =
                new ScheduleScene("").settled("12:00").made("12:00").job("j12", "12:00", Phase.FAILED);

        assertThat(Pending.makesUp(skip.at("12:40"))).isEmpty();
        assertThat(RunEnds.isGivenUp(skip.at("12:20"), "j12")).isFalse();
        assertThat(RunEnds.isGivenUp(skip.at("12:40"), "j12")).isTrue();
    }

    @Test
    void ofSeveralItIsTheLast() {
        ScheduleScene scene = once().settled("12:00")
                .made("12:00")
                .job("j11", "11:00", Phase.SUSPENDED)
                .job("j12", "12:00", Phase.SUSPENDED);

        assertThat(Pending.makesUp(scene.at("12:40"))).contains("j12");
        assertThat(AutopostRuns.waiting(scene.at("12:40")))
                .extracting(it -> it.uid())
                .containsExactly("j12");
        assertThat(RunEnds.isGivenUp(scene.at("12:40"), "j11")).isTrue();
    }

    @Test
    void itGivesWayToARunThatIsDueAndHasItsJob() {
        ScheduleScene scene = once().settled("13:00")
                .made("13:00")
                .job("j12", "12:00", Phase.FAILED)
                .job("j13", "13:00", Phase.SUSPENDED);

        assertThat(Pending.makesUp(scene.at("13:01"))).isEmpty();
        assertThat(RunEnds.isGivenUp(scene.at("13:01"), "j12")).isTrue();
    }

    /** The controller makes no Job while the late one waits: concurrencyPolicy is Forbid. */
    @Test
    void andToOneWhoseJobIsYetToBeMade() {
        ScheduleScene scene = once().settled("12:00").made("12:00").job("j12", "12:00", Phase.SUSPENDED);

        assertThat(Pending.makesUp(scene.at("12:59"))).contains("j12");
        assertThat(Pending.makesUp(scene.at("13:01"))).isEmpty();
        assertThat(AutopostRuns.waiting(scene.at("13:01"))).isEmpty();
    }

    /** The ledger remembers a run that Telegram had wait, and that a later one went past. */
    @Test
    void whatALaterRunWentPastIsNotMadeUpForAfterThat() {
        ScheduleScene scene = once().settled("13:00")
                .made("13:00")
                .began("j12", "12:00", null, 0)
                .job("j13", "13:00", Phase.SUCCEEDED);

        assertThat(Pending.makesUp(scene.at("13:40"))).isNotEqualTo(java.util.Optional.of("j12"));
        assertThat(RunEnds.isGivenUp(scene.at("13:40"), "j12")).isTrue();
    }

    /** It was begun, and the operator died before it wrote that it makes up for these. */
    @Test
    void whatWasMissedBeforeTheLastJobIsNotMadeUpForBesideIt() {
        AutopostObserved observed = once().settled("09:00")
                .made("12:00")
                .job("j12", "12:00", Phase.ACTIVE)
                .at("12:05");
        AutopostTimes times = AutopostTimes.of(observed);

        assertThat(times.missed()).isEqualTo(2);
        assertThat(times.makesUp(observed)).isEmpty();
        assertThat(times.isSettled(observed, new RunCourse.Idle(times.next()))).isTrue();
    }

    @Test
    void norWhileARunIsToMakeUpForItself() {
        AutopostObserved observed = once().settled("12:00")
                .made("12:00")
                .job("j12", "12:00", Phase.FAILED)
                .at("13:40");

        assertThat(AutopostTimes.of(observed).missed()).isEqualTo(1);
        assertThat(Pending.makesUp(observed)).contains("j12");
        assertThat(AutopostTimes.of(observed).makesUp(observed)).isEmpty();
    }

    @Test
    void whatWasDueWhileEveryPostWasUsedIsNotMissed() {
        AutopostObserved observed =
                once().settled("06:00").state(State.Exhausted).at("12:40");

        assertThat(AutopostTimes.of(observed).missed()).isZero();
        assertThat(AutopostTimes.of(observed).makesUp(observed)).isEmpty();
        assertThat(AutopostTimes.of(observed).settledUntil()).isEqualTo(time("12:00"));
    }
}
