package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJob;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.report.ParserReport;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.worker.Owner;
import dev.beckon.operator.worker.WorkerCron;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.workorder.RunResult.Ending;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All a pass knows of a parser.
 *
 * @param account absent when its spec names none that exists
 * @param runs its worker Jobs, those of its CronJob included
 * @param pods of those Jobs, by the Job's name
 * @param hints whether progress is told by hints, or only seen by looking now and then
 */
public record ParserObserved(
        ParserJob parser,
        Optional<TelegramAccount> account,
        Reading<ParserReport> reading,
        List<WorkerRun> runs,
        Map<String, WorkerPod> pods,
        Optional<WorkerCron> cron,
        boolean hints,
        Instant now) {

    public String uid() {
        return parser.getMetadata().getUid();
    }

    /** The parser as one of those that take turns on accounts. */
    Owner owner() {
        return Owner.of(parser).orElseThrow();
    }

    /** What the last pass wrote; empty on the first. */
    public ParserJobStatus before() {
        return parser.getStatus() == null ? ParserJobStatus.builder().build() : parser.getStatus();
    }

    boolean scheduled() {
        return parser.getSpec().schedule() != null;
    }

    Optional<ParserReport> report() {
        return reading instanceof Reading.Known<ParserReport> known ? known.report() : Optional.empty();
    }

    /** What the ledger has of a run; it tells of the newest one and of the newest complete one. */
    Optional<ParserReport.Run> runInLedger(String datasetUid) {
        return report().stream()
                .flatMap(it -> Stream.concat(Stream.of(it.newest()), it.complete().stream()))
                .filter(it -> it.datasetUid().equals(datasetUid))
                .findFirst();
    }

    Optional<WorkerRun> activeRun() {
        return runs.stream().filter(WorkerRun::active).findFirst();
    }

    /** Jobs of our own CronJob that wait for their turn, the one due first before the others. */
    List<WorkerRun> suspendedRuns() {
        return runs.stream()
                .filter(WorkerRun::suspended)
                .filter(run -> run.schedule()
                        .filter(it -> cron.filter(own -> own.uid().equals(it.cronJobUid()))
                                .isPresent())
                        .isPresent())
                .sorted(Comparator.comparing(WorkerRun::created).thenComparing(WorkerRun::name))
                .toList();
    }

    /** The Job that ended last. */
    Optional<WorkerRun> lastEnded() {
        return runs.stream()
                .filter(WorkerRun::ended)
                .max(Comparator.comparing((WorkerRun run) -> run.finished().orElse(run.created()))
                        .thenComparingInt(WorkerRun::run));
    }

    Optional<WorkerPod> podOf(WorkerRun run) {
        return Optional.ofNullable(pods.get(run.name()));
    }

    /** Whether its worker said that nothing is left to do. */
    boolean saidComplete(WorkerRun run) {
        return podOf(run)
                .flatMap(WorkerPod::result)
                .filter(it -> it.ending() == Ending.COMPLETED)
                .isPresent();
    }
}
