package dev.beckon.operator.campaign;

import static dev.beckon.operator.condition.ConditionType.LastAction;

import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.InviteCampaignStatus.WorkerRef;
import dev.beckon.crd.InviteCampaignStatusBuilder;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.ConditionMerger;
import dev.beckon.operator.condition.Verdict;
import dev.beckon.operator.ledger.LedgerCondition;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells in a status what was seen and done. Pure: the same pass gives the same status. */
public final class CampaignStatusFactory {

    /**
     * The whole status; what it does not say is absent in the cluster too.
     *
     * @param action what became of an annotation in this pass
     */
    InviteCampaignStatus status(
            Observed observed, Course course, Optional<Verdict.Said> action, CampaignRequests.Remembered remembered) {
        InviteCampaignStatus before = observed.before();
        long generation = observed.campaign().getMetadata().getGeneration();
        if (course instanceof Course.AwaitLedger && before.state() != null && action.isPresent()) {
            // What it led to is told when the ledger has answered.
            return CampaignStatusParts.withConditions(
                    before,
                    remembered,
                    ConditionMerger.replace(before.conditions(), LastAction, action.get(), generation, observed.now()));
        }
        InviteCampaignStatusBuilder status = InviteCampaignStatus.builder();
        CampaignFacts.write(status, observed, course);
        CampaignVerdict told = CampaignVerdict.of(observed, course);
        Verdict verdict = LedgerCondition.with(
                told.conditions(), observed.reading(), observed.hints(), observed.campaign(), told.breaker());
        for (Verdict.Said said : action.stream().toList()) {
            verdict = verdict.and(LastAction, said.status(), said.reason(), said.message());
        }
        return status.state(told.state())
                .observedGeneration(generation)
                .startTime(startTime(observed, course))
                .ledgerSequence(LedgerCondition.sequence(before.ledgerSequence(), observed.reading()))
                .workers(workers(observed, course))
                .requeueUnknown(remembered.requeueUnknown())
                .reassign(remembered.reassign())
                .conditions(ConditionMerger.merge(before.conditions(), verdict, generation, observed.now()))
                .waitingFor(told.waitingFor().map(Enum::name).orElse(null))
                .nextActionTime(told.next().map(Statuses::seconds).orElse(null))
                .breaker(told.breaker()
                        .map(it -> Statuses.since(before.breaker(), it, observed.now()))
                        .orElse(null))
                .completionTime(completionTime(observed, course))
                .build();
    }

    /** Workers that are at work after this pass, by the names of their Jobs. */
    static List<WorkerRef> workers(Observed observed, Course course) {
        Stream<WorkerRun> started = course instanceof Course.Active active
                ? active.standings().stream()
                        .filter(Standing.Working.class::isInstance)
                        .map(it -> ((Standing.Working) it).run())
                : Stream.empty();
        return Stream.concat(started, observed.activeRuns().stream())
                .map(run ->
                        new WorkerRef(run.accountName(), run.deployed().isPresent() ? "Deployment" : "Job", run.name()))
                .distinct()
                .sorted(Comparator.comparing(WorkerRef::name))
                .toList();
    }

    private static Instant startTime(Observed observed, Course course) {
        if (observed.before().startTime() != null) {
            return observed.before().startTime();
        }
        boolean startedNow = CampaignDoors.isOpen(observed, course)
                || (course instanceof Course.Active active
                        && active.standings().stream().anyMatch(Standing.Working.class::isInstance));
        return observed.runs().stream()
                .map(WorkerRun::created)
                .min(Comparator.naturalOrder())
                .or(() -> startedNow ? Optional.of(observed.now()) : Optional.empty())
                .map(Statuses::seconds)
                .orElse(null);
    }

    private static Instant completionTime(Observed observed, Course course) {
        if (!(course instanceof Course.Ended)) {
            return null;
        }
        Instant before = observed.before().completionTime();
        return before == null ? Statuses.seconds(observed.now()) : before;
    }
}
