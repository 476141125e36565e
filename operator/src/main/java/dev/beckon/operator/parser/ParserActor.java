package dev.beckon.operator.parser;

import dev.beckon.ledger.report.ParserReport;
import dev.beckon.operator.run.RunActor;
import dev.beckon.operator.run.RunCourse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Carries a parser's course out. */
public final class ParserActor {
    private final ParserWorkerFactory factory;
    private final RunActor actor;

    public ParserActor(ParserWorkerFactory factory, RunActor actor) {
        this.factory = factory;
        this.actor = actor;
    }

    /** The course as it is after everything that could be done was done. */
    public RunCourse carryOut(ParserObserved observed, RunCourse course) {
        return actor.carryOut(
                observed.scene(),
                observed.scene().account().map(account -> factory.work(observed.parser(), account)),
                course);
    }

    /** When the parser must be looked at again at the latest, though nothing in the cluster changes. */
    public Optional<Instant> lookAgain(ParserObserved observed, RunCourse course) {
        return course instanceof RunCourse.Done ? forgotten(observed) : actor.lookAgain(observed.scene(), course);
    }

    /** When the people of the dataset are to be gone: the nightly retention run removes them within a day after it. */
    private static Optional<Instant> forgotten(ParserObserved observed) {
        return observed.report()
                .flatMap(ParserReport::complete)
                .filter(it -> it.people() > 0)
                .flatMap(ParserReport.Run::completedAt)
                .map(at -> at.plus(observed.parser().getSpec().retention()).plus(Duration.ofDays(1)))
                .map(at -> at.isAfter(observed.now()) ? at : observed.now().plus(Duration.ofDays(1)));
    }
}
