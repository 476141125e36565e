package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.operator.EndlessRetry;
import dev.beckon.operator.MeaningfulUpdate;
import dev.beckon.operator.OperatorMetrics;
import dev.beckon.operator.StatusPace;
import dev.beckon.operator.StatusPace.Advice;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.Verdict.Said;
import dev.beckon.operator.event.Notices;
import dev.beckon.operator.worker.Names;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Brings an {@link InviteCampaign} to its end: observe, plan, act, tell. */
@ControllerConfiguration(
        name = CampaignReconciler.NAME,
        fieldManager = Names.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = -1),
        informer = @Informer(onUpdateFilter = MeaningfulUpdate.class))
public class CampaignReconciler implements Reconciler<InviteCampaign> {
    public static final String NAME = "invitecampaign";

    private final CampaignObserver observer;
    private final CampaignRequests requests;
    private final CampaignPlanner planner;
    private final CampaignActor actor;
    private final CampaignStatusFactory statuses;
    private final Notices notices;
    private final StatusPace pace;
    private final OperatorMetrics metrics;
    private final CampaignEvents events;

    public CampaignReconciler(
            CampaignObserver observer,
            CampaignRequests requests,
            CampaignPlanner planner,
            CampaignActor actor,
            CampaignStatusFactory statuses,
            Notices notices,
            StatusPace pace,
            OperatorMetrics metrics,
            CampaignEvents events) {
        this.observer = observer;
        this.requests = requests;
        this.planner = planner;
        this.actor = actor;
        this.statuses = statuses;
        this.notices = notices;
        this.pace = pace;
        this.metrics = metrics;
        this.events = events;
    }

    @Override
    public UpdateControl<InviteCampaign> reconcile(InviteCampaign campaign, Context<InviteCampaign> context) {
        if (campaign.isMarkedForDeletion()) {
            // Children go by their owner references: deletion needs neither us nor the ledger.
            return UpdateControl.noUpdate();
        }
        Observed observed = observer.observe(campaign);
        Optional<Said> action = requests.carryOut(observed);
        if (action.isPresent()) {
            observed = observer.observe(campaign);
        }
        Course course = actor.carryOut(observed, planner.plan(observed));
        Optional<Instant> lookAgain = actor.lookAgain(observed, course);
        if (course instanceof Course.AwaitLedger && action.isEmpty()) {
            return Statuses.lookingAgain(UpdateControl.noUpdate(), lookAgain, observed.now());
        }
        return tell(observed, statuses.status(observed, course, action), lookAgain);
    }

    private UpdateControl<InviteCampaign> tell(
            Observed observed, InviteCampaignStatus status, Optional<Instant> lookAgain) {
        InviteCampaign campaign = observed.campaign();
        Advice advice = pace.advise(
                observed.uid(),
                campaign.getStatus(),
                status,
                CampaignStatusParts::withoutSequence,
                CampaignStatusParts::withoutProgress);
        return switch (advice) {
            case Advice.Nothing nothing -> Statuses.lookingAgain(UpdateControl.noUpdate(), lookAgain, observed.now());
            case Advice.PutOff(var in) -> {
                metrics.statusPutOff(OperatorMetrics.Kind.InviteCampaign);
                Instant then = observed.now().plus(in);
                yield Statuses.lookingAgain(
                        UpdateControl.noUpdate(),
                        Optional.of(lookAgain.filter(then::isAfter).orElse(then)),
                        observed.now());
            }
            case Advice.Write write -> {
                // Before the status: a pass that is repeated after a crash finds the event there.
                notices.publish(
                        campaign,
                        CampaignNotices.mark(observed.before()),
                        CampaignNotices.between(observed.before(), status));
                metrics.statusWritten(OperatorMetrics.Kind.InviteCampaign);
                yield Statuses.lookingAgain(
                        UpdateControl.patchStatus(Statuses.carrier(campaign, InviteCampaign::new, status)),
                        lookAgain,
                        observed.now());
            }
        };
    }

    @Override
    public List<EventSource<?, InviteCampaign>> prepareEventSources(EventSourceContext<InviteCampaign> context) {
        return events.sources(context);
    }
}
