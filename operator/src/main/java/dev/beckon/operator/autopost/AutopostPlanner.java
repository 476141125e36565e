package dev.beckon.operator.autopost;

import dev.beckon.operator.Settings;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.run.RunPlan;

/** Decides what a schedule is to do. Pure: the same observation gives the same course. */
public final class AutopostPlanner {
    private final AutopostWorkerFactory factory;
    private final AutopostRuns runs;

    public AutopostPlanner(AutopostWorkerFactory factory, Settings settings) {
        this.factory = factory;
        this.runs = new AutopostRuns(factory, settings);
    }

    /** What the schedule is to do next. */
    public RunCourse plan(AutopostObserved observed) {
        AutopostObserved left = Unbegun.withoutEnded(observed);
        return RunPlan.of(
                left.scene(),
                left.scene().account().map(account -> factory.content(left.schedule(), account)),
                () -> runs.next(left));
    }
}
