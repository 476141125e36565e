package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJobSpec;
import dev.beckon.ledger.report.ParserReport;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.RestoredLedger;
import dev.beckon.operator.schedule.CronSchedule;
import dev.beckon.operator.worker.WorkerPod;
import java.util.Optional;

/** Decides what a parser is to do. Pure: the same observation gives the same course. */
public final class ParserPlanner {
    private final ParserWorkerFactory factory;
    private final ParserRuns runs;

    public ParserPlanner(ParserWorkerFactory factory, Settings settings) {
        this.factory = factory;
        this.runs = new ParserRuns(factory, settings);
    }

    public ParserCourse plan(ParserObserved observed) {
        if (observed.parser().getSpec().suspend()) {
            return new ParserCourse.Resting(
                    RestoredLedger.standing(observed.parser(), observed.before().breaker()));
        }
        return switch (observed.reading()) {
            case Reading.Asked<ParserReport> asked -> new ParserCourse.AwaitLedger();
            case Reading.Unreachable<ParserReport> unreachable -> new ParserCourse.Blind(unreachable.why());
            case Reading.Known<ParserReport> known -> known(observed, known.sequence());
        };
    }

    private ParserCourse known(ParserObserved observed, long sequence) {
        return restored(observed, sequence)
                .or(() -> invalid(observed))
                .or(() -> alone(observed))
                .or(() -> working(observed))
                .orElseGet(() -> runs.next(observed));
    }

    private static Optional<ParserCourse> restored(ParserObserved observed, long sequence) {
        return RestoredLedger.breaker(
                        observed.parser(),
                        observed.before().ledgerSequence(),
                        observed.before().breaker(),
                        sequence,
                        observed.now())
                .map(breaker -> new ParserCourse.Stalled(
                        Reason.LedgerBehindStatus,
                        RestoredLedger.sentence(breaker),
                        Optional.empty(),
                        Optional.of(breaker),
                        true));
    }

    /** What the API server can't judge: it knows neither the bounds of a schedule nor our list of time zones. */
    private static Optional<ParserCourse> invalid(ParserObserved observed) {
        ParserJobSpec spec = observed.parser().getSpec();
        if (spec.schedule() == null) {
            return Optional.empty();
        }
        try {
            return CronSchedule.of(spec.schedule(), spec.timeZone())
                            .next(observed.now())
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(ParserCourse.Stalled.of(
                            Reason.InvalidSpec,
                            "spec.schedule '" + spec.schedule() + "' is never due: no year has such a day."));
        } catch (IllegalArgumentException e) {
            return Optional.of(ParserCourse.Stalled.of(
                    Reason.InvalidSpec, "spec.schedule and spec.timeZone: " + e.getMessage() + "."));
        }
    }

    private static Optional<ParserCourse> alone(ParserObserved observed) {
        return observed.account().isPresent() || observed.activeRun().isPresent()
                ? Optional.empty()
                : Optional.of(ParserCourse.Stalled.of(
                        Reason.AccountUnknown,
                        "There is no TelegramAccount "
                                + observed.parser().getSpec().account().name() + " in this namespace."));
    }

    private Optional<ParserCourse> working(ParserObserved observed) {
        return observed.activeRun()
                .map(run -> new ParserCourse.Working(
                        run,
                        observed.account()
                                .map(account -> !factory.content(observed.parser(), account)
                                        .equals(run.content()))
                                .orElse(false),
                        observed.podOf(run).flatMap(WorkerPod::trouble)));
    }
}
