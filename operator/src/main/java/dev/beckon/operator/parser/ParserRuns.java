package dev.beckon.operator.parser;

import dev.beckon.ledger.report.ParserReport;
import dev.beckon.operator.Settings;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.account.AccountJudge;
import dev.beckon.operator.account.AccountJudge.Hindrance;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.schedule.CronSchedule;
import dev.beckon.operator.worker.Owner;
import dev.beckon.operator.worker.RunHistory;
import dev.beckon.operator.worker.RunHistory.Sequel;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Optional;

/**
 * Which run of a parser is next, when none is at work. A run that began is gone on with before another begins, unless it can't
 * work as declared. Pure.
 */
final class ParserRuns {
    private final ParserWorkerFactory factory;
    private final RunHistory history;

    ParserRuns(ParserWorkerFactory factory, Settings settings) {
        this.factory = factory;
        this.history = new RunHistory(settings);
    }

    ParserCourse next(ParserObserved observed) {
        return observed.scheduled() ? scheduled(observed) : single(observed);
    }

    private ParserCourse single(ParserObserved observed) {
        String wanted = factory.singleRun(observed.parser());
        Optional<WorkerRun> last =
                observed.lastEnded().filter(run -> run.pursues().equals(wanted));
        return isDone(observed, wanted, last)
                ? new ParserCourse.Done(ParserStory.of(observed, wanted))
                : usable(observed).orElseGet(() -> goOn(observed, wanted, last));
    }

    private ParserCourse scheduled(ParserObserved observed) {
        Optional<String> unfinished = unfinished(observed);
        Optional<WorkerRun> waiting = observed.suspendedRuns().stream().findFirst();
        if (unfinished.isEmpty() && waiting.isEmpty()) {
            return new ParserCourse.Idle(CronSchedule.of(
                            observed.parser().getSpec().schedule(),
                            observed.parser().getSpec().timeZone())
                    .next(observed.now()));
        }
        Optional<ParserCourse> hindered = usable(observed);
        if (hindered.isPresent()) {
            return hindered.get();
        }
        Optional<ParserCourse> going = unfinished.map(uid -> goOn(
                observed, uid, observed.lastEnded().filter(run -> run.pursues().equals(uid))));
        // Telegram's no to the last run must not keep the next one from asking again.
        return going.filter(it -> waiting.isEmpty() || !(it instanceof ParserCourse.Stalled))
                .orElseGet(() -> begin(observed, waiting.orElseThrow()));
    }

    /** A Job whose order was edited since it was made is replaced by one of our own, which makes the same run. */
    private ParserCourse begin(ParserObserved observed, WorkerRun suspended) {
        String content = factory.content(observed.parser(), observed.account().orElseThrow());
        return suspended.content().equals(content)
                ? new ParserCourse.Resume(suspended)
                : new ParserCourse.Due(number(observed), suspended.uid(), 0);
    }

    /** The run that began last, if it has not ended: by its last Job, or by the ledger when that is gone. */
    private Optional<String> unfinished(ParserObserved observed) {
        Optional<WorkerRun> last = observed.lastEnded();
        Optional<String> uid = last.map(WorkerRun::pursues)
                .or(() -> observed.report().map(it -> it.newest().datasetUid()));
        return uid.filter(it ->
                        !isDone(observed, it, last.filter(run -> run.pursues().equals(it))))
                .filter(it -> observed.suspendedRuns().stream()
                        .noneMatch(run -> run.uid().equals(it)));
    }

    private static boolean isDone(ParserObserved observed, String datasetUid, Optional<WorkerRun> last) {
        if (last.filter(observed::saidComplete).isPresent()) {
            return true;
        }
        Optional<ParserReport.Run> run = observed.runInLedger(datasetUid);
        boolean exported = observed.parser().getSpec().export() == null
                || run.filter(it -> it.exportedAt().isPresent() || it.people() == 0)
                        .isPresent();
        boolean ended = observed.before().completionTime() != null
                && observed.before().dataset() != null
                && datasetUid.equals(observed.before().dataset().id());
        // Once told as ended it stays so, also when the ledger has forgotten.
        return run.map(it -> it.isComplete() && exported).orElse(ended);
    }

    private static Optional<ParserCourse> usable(ParserObserved observed) {
        return AccountJudge.hindrance(observed.account().orElseThrow(), Owner.Kind.PARSER, observed.now())
                .map(it -> switch (it) {
                    case Hindrance.Until until -> new ParserCourse.Until(until.at(), until.reason(), until.message());
                    case Hindrance.Awaiting awaiting ->
                        new ParserCourse.Awaiting(awaiting.reason(), awaiting.message());
                    case Hindrance.Blocked blocked -> ParserCourse.Stalled.of(blocked.reason(), blocked.message());
                });
    }

    private ParserCourse goOn(ParserObserved observed, String datasetUid, Optional<WorkerRun> last) {
        int number = number(observed);
        String content = factory.content(observed.parser(), observed.account().orElseThrow());
        // An edited order is a new attempt at once: it may well be the remedy.
        if (last.filter(run -> !run.content().equals(content)).isPresent()) {
            return new ParserCourse.Due(number, datasetUid, 0);
        }
        Sequel sequel = last.map(run -> history.after(run, observed.podOf(run))).orElse(new Sequel.Free(0));
        Instant now = observed.now();
        return switch (sequel) {
            case Sequel.Fault fault
            when fault.until().isAfter(now) ->
                new ParserCourse.Stalled(
                        fault.reason(),
                        fault.message() + " Tried again at " + Statuses.seconds(fault.until())
                                + ", or at once when the parser is edited.",
                        Optional.of(fault.until()),
                        Optional.empty(),
                        false);
            case Sequel.BackOff wait
            when wait.until().isAfter(now) ->
                new ParserCourse.Until(wait.until(), Reason.WorkerBackOff, wait.message());
            case Sequel.Fault fault -> new ParserCourse.Due(number, datasetUid, fault.failures());
            case Sequel.BackOff wait -> new ParserCourse.Due(number, datasetUid, wait.failures());
            case Sequel.Free free ->
                observed.runInLedger(datasetUid)
                        .flatMap(run -> waits(run, now))
                        .orElseGet(() -> new ParserCourse.Due(number, datasetUid, free.failures()));
        };
    }

    private static Optional<ParserCourse> waits(ParserReport.Run run, Instant now) {
        return run.nextActionAt()
                .filter(at -> at.isAfter(now))
                .map(at -> new ParserCourse.Until(
                        at, run.waitingFor().flatMap(Reason::of).orElse(Reason.Pause), why(run)));
    }

    private static String why(ParserReport.Run run) {
        return run.waitingFor()
                .filter(Reason.ExportFailed.name()::equals)
                .flatMap(it -> run.lastError())
                .map(it -> "The people are collected, but the file could not be written: " + it.message())
                .orElse("");
    }

    private static int number(ParserObserved observed) {
        return observed.runs().stream().mapToInt(WorkerRun::run).max().orElse(0) + 1;
    }
}
