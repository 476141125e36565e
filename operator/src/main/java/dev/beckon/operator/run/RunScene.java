package dev.beckon.operator.run;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.operator.account.AccountJudge;
import dev.beckon.operator.ledger.Outage;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.RestoredLedger;
import dev.beckon.operator.ledger.RestoredRequests.Held;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.schedule.CronSchedule;
import dev.beckon.operator.worker.Owner;
import dev.beckon.operator.worker.WorkerRun;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All a pass knows of a resource whose runs use one account.
 *
 * @param asked what its spec says of its runs
 * @param account absent when its spec names none that exists
 * @param neighbours all accounts of its namespace, its own among them
 * @param before what its last status says
 * @param hints whether progress is told by hints, or only seen by looking now and then
 */
public record RunScene<R>(
        HasMetadata resource,
        Asked asked,
        Optional<TelegramAccount> account,
        List<TelegramAccount> neighbours,
        Reading<R> reading,
        RunsSeen seen,
        Before before,
        boolean hints,
        Instant now) {

    /** @param timing absent for a single run */
    public record Asked(String accountName, boolean suspend, Optional<Timing> timing) {}

    /** @param zone null for Etc/UTC */
    public record Timing(String schedule, String zone) {
        /** @throws IllegalArgumentException with a sentence when Kubernetes would refuse it */
        public CronSchedule read() {
            return CronSchedule.of(schedule, zone);
        }
    }

    /**
     * Parts of a status; what it does not say is null or empty.
     *
     * @param state in the kind's own words, which are those of {@link RunVerdict.State}
     * @param told what it tells of its work
     * @param jobs names of the Jobs that it showed at work
     */
    public record Before(
            String state,
            Instant startTime,
            Outage.Told told,
            TrippedBreaker breaker,
            Long ledgerSequence,
            List<String> jobs) {
        Before withoutBreaker() {
            return new Before(state, startTime, told, null, ledgerSequence, jobs);
        }
    }

    /** The same with other Jobs. */
    public RunScene<R> with(RunsSeen others) {
        return new RunScene<>(resource, asked, account, neighbours, reading, others, before, hints, now);
    }

    public String uid() {
        return resource.getMetadata().getUid();
    }

    /** The resource as one of those that take turns on accounts. */
    public Owner owner() {
        return Owner.of(resource).orElseThrow();
    }

    /** In a sentence, such as {@code parser job}. */
    public String noun() {
        return owner().kind().words();
    }

    public boolean scheduled() {
        return asked.timing().isPresent();
    }

    public Optional<R> report() {
        return reading instanceof Reading.Known<R> known ? known.report() : Optional.empty();
    }

    /** When a run is due next; empty without a schedule, when it can't be read, or is never due. */
    public Optional<Instant> nextDue() {
        return nextDue(now);
    }

    /** The same after that time. */
    public Optional<Instant> nextDue(Instant after) {
        try {
            return asked.timing().map(Timing::read).flatMap(it -> it.next(after));
        } catch (IllegalArgumentException e) {
            // The condition InvalidSpec tells it.
            return Optional.empty();
        }
    }

    /** The breaker of a ledger that is older than it was and that nobody has acknowledged; without an answer of the ledger, one that was seen earlier. */
    public Optional<TrippedBreaker> restored() {
        return RestoredLedger.breaker(before.ledgerSequence(), before.breaker(), reading, now);
    }

    /** For whoever acknowledges that. */
    public Held held(Subject subject) {
        return new Held(resource, subject, noun(), reading, before.breaker(), !asked.suspend(), now);
    }

    /** The same once a person's acceptance is in the ledger: what the last status tells to acknowledge holds it no more. */
    public RunScene<R> accepted() {
        return new RunScene<>(resource, asked, account, neighbours, reading, seen, before.withoutBreaker(), hints, now);
    }

    /** Runs at work with an account that is gone, also when one of its name was made since: nobody wants them to go on. */
    List<WorkerRun> abandoned() {
        return seen.runs().stream()
                .filter(WorkerRun::active)
                .filter(run -> AccountJudge.isGone(run.accountUid(), neighbours))
                .toList();
    }

    public boolean started() {
        return before.startTime() != null || !seen.runs().isEmpty();
    }
}
