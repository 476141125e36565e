package dev.beckon.operator.parser;

import dev.beckon.crd.LastError;
import dev.beckon.crd.ParserJobStatus;
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
import dev.beckon.operator.worker.WorkerCron;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    public ParserJobStatus status(ParserObserved observed, ParserCourse course, Optional<Said> action) {
        ParserJobStatus before = observed.before();
        long generation = observed.parser().getMetadata().getGeneration();
        ParserVerdict told = ParserVerdict.of(observed, course);
        Verdict verdict = LedgerCondition.with(told.conditions(), observed.reading(), observed.hints());
        for (Said said : action.stream().toList()) {
            verdict = verdict.and(ConditionType.LastAction, said.status(), said.reason(), said.message());
        }
        ParserJobStatusBuilder status = ParserJobStatus.builder();
        facts(status, observed);
        schedule(status, observed, course);
        return status.state(told.state())
                .observedGeneration(generation)
                .startTime(startTime(observed, course))
                .completionTime(completionTime(observed, course))
                .ledgerSequence(LedgerCondition.sequence(before.ledgerSequence(), observed.reading()))
                .jobs(jobs(observed, course))
                .conditions(ConditionMerger.merge(before.conditions(), verdict, generation, observed.now()))
                .waitingFor(told.waitingFor().map(Enum::name).orElse(null))
                .nextActionTime(told.next().map(Statuses::seconds).orElse(null))
                .breaker(told.breaker()
                        .map(it -> Statuses.since(before.breaker(), it, observed.now()))
                        .orElse(null))
                .build();
    }

    /** What the ledger says; without an answer, what the last status said. */
    private void facts(ParserJobStatusBuilder status, ParserObserved observed) {
        ParserJobStatus before = observed.before();
        Optional<ParserReport> report = observed.report();
        status.progress(before.progress()).dataset(before.dataset()).lastError(before.lastError());
        if (observed.reading() instanceof Reading.Known<ParserReport>) {
            Optional<ParserReport.Run> run = observed.scheduled()
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
            report.flatMap(ParserReport::complete).ifPresent(it -> status.dataset(dataset(it)));
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

    private static ParserJobStatus.Dataset dataset(ParserReport.Run run) {
        return new ParserJobStatus.Dataset(
                run.datasetUid(),
                run.people(),
                run.sha256().orElse(null),
                run.administered(),
                run.completedAt().map(Statuses::seconds).orElse(null));
    }

    private static void schedule(ParserJobStatusBuilder status, ParserObserved observed, ParserCourse course) {
        if (!observed.scheduled()) {
            return;
        }
        status.lastScheduleTime(observed.cron()
                .flatMap(WorkerCron::lastSchedule)
                .orElse(observed.before().lastScheduleTime()));
        boolean invalid = course instanceof ParserCourse.Stalled stalled && stalled.reason() == Reason.InvalidSpec;
        if (!invalid && !observed.parser().getSpec().suspend()) {
            ParserNext.of(observed).ifPresent(status::nextScheduleTime);
        }
    }

    /** Jobs at work or waiting for their turn after this pass. */
    static List<String> jobs(ParserObserved observed, ParserCourse course) {
        Stream<String> started =
                course instanceof ParserCourse.Working(WorkerRun run, boolean outdated, Optional<String> trouble)
                        ? Stream.of(run.name())
                        : Stream.empty();
        return Stream.concat(
                        started,
                        observed.runs().stream().filter(run -> !run.ended()).map(WorkerRun::name))
                .distinct()
                .sorted()
                .limit(16)
                .toList();
    }

    private static Instant startTime(ParserObserved observed, ParserCourse course) {
        if (observed.before().startTime() != null) {
            return observed.before().startTime();
        }
        boolean startedNow = course instanceof ParserCourse.Working;
        return observed.runs().stream()
                .filter(run -> !run.suspended())
                .map(WorkerRun::created)
                .min(Comparator.naturalOrder())
                .or(() -> startedNow ? Optional.of(observed.now()) : Optional.empty())
                .map(Statuses::seconds)
                .orElse(null);
    }

    private static Instant completionTime(ParserObserved observed, ParserCourse course) {
        if (!(course instanceof ParserCourse.Done)) {
            return null;
        }
        Instant before = observed.before().completionTime();
        return before == null ? Statuses.seconds(observed.now()) : before;
    }
}
