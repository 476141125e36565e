package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.crd.InviteCampaignStatusBuilder;
import dev.beckon.operator.ledger.Outage;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;

/** A status without some of its parts, to tell how much two of them differ. Pure. */
final class CampaignStatusParts {
    private CampaignStatusParts() {}

    /** The ledger's number moves all the time: that alone is no difference. */
    static InviteCampaignStatus withoutSequence(InviteCampaignStatus status) {
        return copy(status).ledgerSequence(null).build();
    }

    /** What is left differs only when something happened that a person waits for. */
    static InviteCampaignStatus withoutProgress(InviteCampaignStatus status) {
        boolean atWork = status.state() == State.Importing || status.state() == State.Running;
        InviteCampaignStatusBuilder rest = copy(status)
                .progress(null)
                .outcomes(null)
                .ratePerHour(null)
                .estimatedCompletionTime(null)
                .accounts(null)
                .lastError(null)
                .lastInviteTime(null)
                .ledgerSequence(null);
        if (atWork) {
            rest.state(State.Running)
                    .nextActionTime(null)
                    .conditions(status.conditions().stream()
                            .map(CampaignStatusParts::bare)
                            .toList());
        }
        return rest.build();
    }

    /** That the audience is read now and people are contacted next is progress, too. */
    private static Condition bare(Condition condition) {
        boolean action =
                dev.beckon.operator.condition.ConditionType.LastAction.name().equals(condition.getType());
        return action
                ? condition
                : new ConditionBuilder(condition).withReason("").withMessage("").build();
    }

    /** What is kept of it while the ledger is away. */
    static Outage.Told told(InviteCampaignStatus status) {
        return new Outage.Told(
                status.conditions(), status.observedGeneration(), status.waitingFor(), status.nextActionTime());
    }

    /** What it told to acknowledge was acknowledged. */
    static InviteCampaignStatus withoutBreaker(InviteCampaignStatus status) {
        return copy(status).breaker(null).build();
    }

    /** The same with other conditions, and what is remembered of annotations. */
    static InviteCampaignStatus withConditions(
            InviteCampaignStatus status, CampaignRequests.Remembered remembered, List<Condition> conditions) {
        return copy(status)
                .conditions(conditions)
                .requeueUnknown(remembered.requeueUnknown())
                .reassign(remembered.reassign())
                .build();
    }

    private static InviteCampaignStatusBuilder copy(InviteCampaignStatus status) {
        return InviteCampaignStatus.builder()
                .state(status.state())
                .observedGeneration(status.observedGeneration())
                .conditions(status.conditions())
                .progress(status.progress())
                .outcomes(status.outcomes())
                .ratePerHour(status.ratePerHour())
                .estimatedCompletionTime(status.estimatedCompletionTime())
                .nextActionTime(status.nextActionTime())
                .waitingFor(status.waitingFor())
                .accounts(status.accounts())
                .lastError(status.lastError())
                .workers(status.workers())
                .requeueUnknown(status.requeueUnknown())
                .reassign(status.reassign())
                .breaker(status.breaker())
                .startTime(status.startTime())
                .completionTime(status.completionTime())
                .lastInviteTime(status.lastInviteTime())
                .ledgerSequence(status.ledgerSequence());
    }
}
