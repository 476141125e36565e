package dev.beckon.operator.parser;

import dev.beckon.crd.LastError;
import dev.beckon.crd.ParserJobSpec;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.crd.ParserJobStatus.State;
import dev.beckon.crd.ParserJobStatusBuilder;
import dev.beckon.ledger.report.ParserReport;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.ConditionMerger;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict;
import dev.beckon.operator.condition.Verdict.Said;
import dev.beckon.operator.ledger.LedgerCondition;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.run.RunScene;
import dev.beckon.operator.run.RunVerdict;
import dev.beckon.operator.worker.WorkerCron;
import java.time.Instant;
import java.util.Optional;

/** Tells in a status what was seen and done. Pure: the same pass gives the same status. */
public final class ParserStatusFactory {
    private final ParserWorkerFactory factory;

    public ParserStatusFactory(ParserWorkerFactory factory) {
        this.factory = factory;
    }

    /**
     * The whole status; what it does not say is absent in the cluster too.
     *
     * @param action what became of an annotation in this pass
     */
    public ParserJobStatus status(ParserObserved observed, RunCourse course, Optional<Said> action) {
        ParserJobStatus before = observed.before();
        long generation = observed.parser().getMetadata().getGeneration();
        RunScene<ParserReport> scene = observed.scene();
        RunVerdict told = RunVerdict.of(scene, course, words(observed));
        Verdict verdict = LedgerCondition.with(
                told.conditions(), scene.reading(), scene.hints(), observed.parser(), told.breaker());
        for (Said said : action.stream().toList()) {
            verdict = verdict.and(ConditionType.LastAction, said.status(), said.reason(), said.message());
        }
        ParserJobStatusBuilder status = ParserJobStatus.builder();
        facts(status, observed, course);
        schedule(status, observed, course);
        return status.state(State.valueOf(told.state().name()))
                .observedGeneration(generation)
                .startTime(scene.seen().startTime(before.startTime(), course, scene.now()))
                .completionTime(completionTime(observed, course))
                .ledgerSequence(LedgerCondition.sequence(before.ledgerSequence(), scene.reading()))
                .jobs(scene.seen().names(course))
                .conditions(ConditionMerger.merge(before.conditions(), verdict, generation, observed.now()))
                .waitingFor(told.waitingFor().map(Enum::name).orElse(null))
                .nextActionTime(told.next().map(Statuses::seconds).orElse(null))
                .breaker(told.breaker()
                        .map(it -> Statuses.since(before.breaker(), it, observed.now()))
                        .orElse(null))
                .build();
    }

    private static RunVerdict.Words words(ParserObserved observed) {
        String story = observed.report()
                .flatMap(ParserReport::complete)
                .map(run -> ParserStory.sentence(run) + " ")
                .orElse("");
        return new RunVerdict.Words("The chat is being read.", "parser", story);
    }

    /** What the ledger says; without an answer, what the last status said. */
    private void facts(ParserJobStatusBuilder status, ParserObserved observed, RunCourse course) {
        ParserJobStatus before = observed.before();
        Optional<ParserReport> report = observed.report();
        status.progress(before.progress()).dataset(before.dataset()).lastError(before.lastError());
        if (observed.scene().reading() instanceof Reading.Known<ParserReport>) {
            Optional<ParserReport.Run> run = observed.scene().scheduled()
                    ? report.map(ParserReport::newest)
                    : observed.runInLedger(factory.singleRun(observed.parser()));
            run.ifPresentOrElse(
                    it -> status.progress(progress(it))
                            .lastError(it.lastError()
                                    .map(error -> new LastError(
                                            error.reason(), error.message(), Statuses.seconds(error.at())))
                                    .orElse(null)),
                    () -> status.progress(ended(observed) ? before.progress() : null)
                            .lastError(null));
            report.flatMap(ParserReport::complete)
                    .ifPresent(it -> status.dataset(dataset(it, export(observed, course, it))));
        }
    }

    /** Whether the run that the spec asks for was told as ended, and the ledger has forgotten it. */
    private boolean ended(ParserObserved observed) {
        ParserJobStatus.Dataset dataset = observed.before().dataset();
        return dataset != null && dataset.id().equals(factory.singleRun(observed.parser()));
    }

    private static ParserJobStatus.Progress progress(ParserReport.Run run) {
        var counts = run.counts();
        boolean members = counts.listed() > 0;
        return new ParserJobStatus.Progress(
                members ? counts.listed() + "/" + counts.chatTotal() : Long.toString(counts.scanned()),
                counts.scanned(),
                run.people(),
                counts.listed(),
                counts.chatTotal(),
                counts.bots(),
                counts.deleted(),
                counts.filtered(),
                counts.duplicates(),
                percent(run));
    }

    private static Integer percent(ParserReport.Run run) {
        if (run.isComplete()) {
            return 100;
        }
        long listable = Math.min(run.counts().chatTotal(), ParserStory.LIST_END);
        boolean members = run.counts().listed() > 0 && listable > 0;
        return members ? Integer.valueOf((int) Math.min(99, 100 * run.counts().listed() / listable)) : null;
    }

    /** Nothing left to do means that the file which the spec asks for is there; else it is the one that was told. */
    private static Optional<ParserJobSpec.Export> export(
            ParserObserved observed, RunCourse course, ParserReport.Run run) {
        if (run.exportedAt().isEmpty()) {
            return Optional.empty();
        }
        Optional<ParserJobSpec.Export> wanted =
                Optional.ofNullable(observed.parser().getSpec().export());
        return switch (course) {
            case RunCourse.Done _, RunCourse.Idle _ -> wanted.or(() -> observed.exportBefore(run.datasetUid()));
            default -> observed.exportBefore(run.datasetUid()).or(() -> wanted);
        };
    }

    private static ParserJobStatus.Dataset dataset(ParserReport.Run run, Optional<ParserJobSpec.Export> export) {
        return new ParserJobStatus.Dataset(
                run.datasetUid(),
                run.people(),
                run.sha256().orElse(null),
                run.administered(),
                run.completedAt().map(Statuses::seconds).orElse(null),
                export.orElse(null));
    }

    private static void schedule(ParserJobStatusBuilder status, ParserObserved observed, RunCourse course) {
        if (!observed.scene().scheduled()) {
            return;
        }
        status.lastScheduleTime(observed.seen()
                .cron()
                .flatMap(WorkerCron::lastSchedule)
                .orElse(observed.before().lastScheduleTime()));
        boolean invalid = course instanceof RunCourse.Stalled stalled && stalled.reason() == Reason.InvalidSpec;
        if (!invalid && !observed.parser().getSpec().suspend()) {
            observed.scene().nextDue().ifPresent(status::nextScheduleTime);
        }
    }

    private static Instant completionTime(ParserObserved observed, RunCourse course) {
        Instant before = observed.before().completionTime();
        if (!(course instanceof RunCourse.Done)) {
            // Whether it stays ended is not known before the ledger answers.
            return course instanceof RunCourse.Blind ? before : null;
        }
        return before == null ? Statuses.seconds(observed.now()) : before;
    }
}
