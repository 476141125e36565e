package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJobSpec;
import dev.beckon.ledger.report.ParserReport;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.run.RunPlan;
import dev.beckon.operator.run.RunSequel;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Optional;

/**
 * Which run of a parser is next, when none is at work. A run that began is gone on with before another begins, unless it can't
 * work as declared. Pure.
 */
final class ParserRuns {
    private final ParserWorkerFactory factory;
    private final RunSequel sequel;

    ParserRuns(ParserWorkerFactory factory, Settings settings) {
        this.factory = factory;
        this.sequel = new RunSequel(settings);
    }

    RunCourse next(ParserObserved observed) {
        return observed.scene().scheduled() ? scheduled(observed) : single(observed);
    }

    private RunCourse single(ParserObserved observed) {
        String wanted = factory.singleRun(observed.parser());
        return isDone(observed, wanted)
                ? new RunCourse.Done(ParserStory.of(observed, wanted))
                : RunPlan.hindered(observed.scene()).orElseGet(() -> goOn(observed, wanted));
    }

    private RunCourse scheduled(ParserObserved observed) {
        Optional<String> unfinished = unfinished(observed);
        Optional<WorkerRun> waiting = observed.seen().suspended().stream().findFirst();
        if (unfinished.isEmpty() && waiting.isEmpty()) {
            return new RunCourse.Idle(observed.scene().nextDue());
        }
        Optional<RunCourse> hindered = RunPlan.hindered(observed.scene());
        if (hindered.isPresent()) {
            return hindered.get();
        }
        Optional<RunCourse> going = unfinished.map(uid -> goOn(observed, uid));
        // Telegram's no to the last run must not keep the next one from asking again.
        return going.filter(it -> waiting.isEmpty() || !(it instanceof RunCourse.Stalled))
                .orElseGet(() -> begin(observed, waiting.orElseThrow()));
    }

    /** A Job whose order was edited since it was made is replaced by one of our own, which makes the same run. */
    private RunCourse begin(ParserObserved observed, WorkerRun suspended) {
        return suspended.content().equals(content(observed))
                ? new RunCourse.Resume(suspended)
                : new RunCourse.Due(observed.seen().nextNumber(), suspended.uid(), 0);
    }

    /** The run that began last, if it has not ended: by its last Job, or by the ledger when that is gone. */
    private Optional<String> unfinished(ParserObserved observed) {
        Optional<String> uid = observed.seen()
                .lastEnded()
                .map(WorkerRun::pursues)
                .or(() -> observed.report().map(it -> it.newest().datasetUid()));
        return uid.filter(it -> !isDone(observed, it))
                .filter(it -> observed.seen().suspended().stream()
                        .noneMatch(run -> run.uid().equals(it)));
    }

    private boolean isDone(ParserObserved observed, String datasetUid) {
        Optional<WorkerRun> said = observed.seen().lastOf(datasetUid).filter(observed.seen()::saidComplete);
        // The word of one that knew nothing of an edit says nothing of the export that it asks for.
        if (said.filter(it -> it.content().equals(content(observed))).isPresent()) {
            return true;
        }
        Optional<ParserReport.Run> run = observed.runInLedger(datasetUid);
        boolean exported = run.filter(it -> isExported(observed, it)).isPresent();
        boolean ended = observed.before().completionTime() != null
                && observed.before().dataset() != null
                && datasetUid.equals(observed.before().dataset().id());
        // Once told as ended it stays so, also when the ledger has forgotten.
        return run.map(it -> it.isComplete() && exported).orElse(ended || said.isPresent());
    }

    /** Whether the file that the spec asks for is written: one that was asked for later, or elsewhere, is not yet. */
    private static boolean isExported(ParserObserved observed, ParserReport.Run run) {
        ParserJobSpec.Export wanted = observed.parser().getSpec().export();
        if (wanted == null || run.people() == 0) {
            return true;
        }
        return run.exportedAt().isPresent()
                && observed.exportBefore(run.datasetUid()).map(wanted::equals).orElse(true);
    }

    private String content(ParserObserved observed) {
        return factory.content(observed.parser(), observed.scene().account().orElseThrow());
    }

    private RunCourse goOn(ParserObserved observed, String datasetUid) {
        return sequel.of(
                observed.scene(),
                datasetUid,
                content(observed),
                () -> observed.runInLedger(datasetUid).flatMap(run -> waits(run, observed.now())));
    }

    private static Optional<RunCourse> waits(ParserReport.Run run, Instant now) {
        return run.nextActionAt()
                .filter(at -> at.isAfter(now))
                .map(at -> new RunCourse.Until(
                        at, run.waitingFor().flatMap(Reason::of).orElse(Reason.Pause), why(run)));
    }

    private static String why(ParserReport.Run run) {
        return run.waitingFor()
                .filter(Reason.ExportFailed.name()::equals)
                .flatMap(it -> run.lastError())
                .map(it -> "The people are collected, but the file could not be written: " + it.message())
                .orElse("");
    }
}
