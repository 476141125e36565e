package dev.beckon.operator.parser;

import dev.beckon.operator.Settings;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.run.RunPlan;

/** Decides what a parser is to do. Pure: the same observation gives the same course. */
public final class ParserPlanner {
    private final ParserWorkerFactory factory;
    private final ParserRuns runs;

    public ParserPlanner(ParserWorkerFactory factory, Settings settings) {
        this.factory = factory;
        this.runs = new ParserRuns(factory, settings);
    }

    /** What the parser is to do next. */
    public RunCourse plan(ParserObserved observed) {
        return RunPlan.of(
                observed.scene(),
                observed.scene().account().map(account -> factory.content(observed.parser(), account)),
                () -> runs.next(observed));
    }
}
