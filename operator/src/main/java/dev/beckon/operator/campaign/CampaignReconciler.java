package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.operator.EndlessRetry;
import dev.beckon.operator.Informers;
import dev.beckon.operator.LeanItemStore;
import dev.beckon.operator.MeaningfulUpdate;
import dev.beckon.operator.OperatorMetrics;
import dev.beckon.operator.StatusPace.Rest;
import dev.beckon.operator.StatusTeller;
import dev.beckon.operator.condition.Verdict.Said;
import dev.beckon.operator.worker.Names;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
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
        informer =
                @Informer(
                        informerListLimit = Informers.PAGE,
                        onUpdateFilter = MeaningfulUpdate.class,
                        itemStore = LeanItemStore.class))
public class CampaignReconciler implements Reconciler<InviteCampaign> {
    public static final String NAME = "invitecampaign";

    private static final StatusTeller.Kind<InviteCampaignStatus, InviteCampaign> TOLD = new StatusTeller.Kind<>(
            OperatorMetrics.Kind.InviteCampaign,
            InviteCampaign::new,
            CampaignStatusParts::withoutSequence,
            CampaignStatusParts::withoutProgress,
            Rest.PROGRESS,
            CampaignNotices::mark,
            CampaignNotices::between);

    private final CampaignObserver observer;
    private final CampaignRequests requests;
    private final CampaignPlanner planner;
    private final CampaignDoors doors;
    private final CampaignActor actor;
    private final CampaignStatusFactory statuses;
    private final StatusTeller teller;
    private final CampaignEvents events;

    public CampaignReconciler(
            CampaignObserver observer,
            CampaignRequests requests,
            CampaignPlanner planner,
            CampaignDoors doors,
            CampaignActor actor,
            CampaignStatusFactory statuses,
            StatusTeller teller,
            CampaignEvents events) {
        this.observer = observer;
        this.requests = requests;
        this.planner = planner;
        this.doors = doors;
        this.actor = actor;
        this.statuses = statuses;
        this.teller = teller;
        this.events = events;
    }

    @Override
    public UpdateControl<InviteCampaign> reconcile(InviteCampaign campaign, Context<InviteCampaign> context) {
        if (campaign.isMarkedForDeletion()) {
            // Children go by their owner references: deletion needs neither us nor the ledger.
            return UpdateControl.noUpdate();
        }
        Observed observed = observer.observe(campaign);
        Optional<Said> accepted = requests.accept(observed);
        Optional<Said> action = accepted.isPresent() ? accepted : requests.carryOut(observed);
        boolean rested = actor.putToRest(observed);
        if (action.isPresent() || rested) {
            observed = observer.observe(campaign);
        }
        if (accepted.isPresent()) {
            observed = observed.accepted();
        }
        Course planned = planner.plan(observed);
        Course course = actor.carryOut(observed, doors.carryOut(observed, planned));
        if (course instanceof Course.AwaitLedger && !(planned instanceof Course.AwaitLedger)) {
            // A door was closed: who came before that is asked for at once.
            observer.observe(campaign);
        }
        Optional<Instant> lookAgain = doors.lookAgain(observed, actor.lookAgain(observed, course));
        if (course instanceof Course.AwaitLedger && action.isEmpty()) {
            return StatusTeller.silent(lookAgain, observed.now());
        }
        return teller.tell(
                TOLD,
                campaign,
                context,
                observed.before(),
                statuses.status(observed, course, action, requests.remembered(observed)),
                action.isEmpty() && Passing.is(observed, course),
                lookAgain,
                observed.now());
    }

    @Override
    public ErrorStatusUpdateControl<InviteCampaign> updateErrorStatus(
            InviteCampaign campaign, Context<InviteCampaign> context, Exception failure) {
        return teller.refused(TOLD, campaign, context, failure);
    }

    @Override
    public List<EventSource<?, InviteCampaign>> prepareEventSources(EventSourceContext<InviteCampaign> context) {
        return events.sources(context);
    }
}
