package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.operator.EndlessRetry;
import dev.beckon.operator.Informers;
import dev.beckon.operator.LeanItemStore;
import dev.beckon.operator.MeaningfulUpdate;
import dev.beckon.operator.OperatorMetrics;
import dev.beckon.operator.StatusPace.Rest;
import dev.beckon.operator.StatusTeller;
import dev.beckon.operator.autopost.AutopostActor.Acted;
import dev.beckon.operator.condition.Verdict.Said;
import dev.beckon.operator.ledger.RestoredRequests;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.run.RunCourse;
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

/** Brings a {@link AutopostSchedule} to its posts: observe, plan, act, tell. */
@ControllerConfiguration(
        name = AutopostReconciler.NAME,
        fieldManager = Names.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = -1),
        informer =
                @Informer(
                        informerListLimit = Informers.PAGE,
                        onUpdateFilter = MeaningfulUpdate.class,
                        itemStore = LeanItemStore.class))
public class AutopostReconciler implements Reconciler<AutopostSchedule> {
    public static final String NAME = "autopostschedule";

    private static final StatusTeller.Kind<AutopostScheduleStatus, AutopostSchedule> TOLD = new StatusTeller.Kind<>(
            OperatorMetrics.Kind.AutopostSchedule,
            AutopostSchedule::new,
            AutopostStatusParts::withoutSequence,
            AutopostStatusParts::withoutProgress,
            Rest.PROGRESS,
            AutopostNotices::mark,
            AutopostNotices::between);

    private final AutopostObserver observer;
    private final RestoredRequests requests;
    private final AutopostDecisions decisions;
    private final AutopostPlanner planner;
    private final AutopostActor actor;
    private final AutopostStatusFactory statuses;
    private final StatusTeller teller;
    private final AutopostEvents events;

    public AutopostReconciler(
            AutopostObserver observer,
            RestoredRequests requests,
            AutopostDecisions decisions,
            AutopostPlanner planner,
            AutopostActor actor,
            AutopostStatusFactory statuses,
            StatusTeller teller,
            AutopostEvents events) {
        this.observer = observer;
        this.requests = requests;
        this.decisions = decisions;
        this.planner = planner;
        this.actor = actor;
        this.statuses = statuses;
        this.teller = teller;
        this.events = events;
    }

    @Override
    public UpdateControl<AutopostSchedule> reconcile(AutopostSchedule schedule, Context<AutopostSchedule> context) {
        if (schedule.isMarkedForDeletion()) {
            // Children go by their owner references: deletion needs neither us nor the ledger.
            return UpdateControl.noUpdate();
        }
        AutopostObserved observed = observer.observe(schedule);
        AutopostObserved first = observed;
        Optional<Said> accepted = requests.carryOut(
                first.scene().held(Subject.autopost(schedule.getMetadata().getUid())));
        Optional<Said> action = accepted.or(() -> decisions.carryOut(first));
        if (action.isPresent()) {
            observed = observer.observe(schedule);
        }
        if (accepted.isPresent()) {
            observed = observed.accepted();
        }
        Acted acted = actor.carryOut(observed, planner.plan(observed));
        RunCourse course = acted.course();
        Optional<Instant> lookAgain = actor.lookAgain(observed, course);
        if (course instanceof RunCourse.AwaitLedger && action.isEmpty()) {
            return StatusTeller.silent(lookAgain, observed.now());
        }
        return teller.tell(
                TOLD,
                schedule,
                context,
                observed.before(),
                statuses.status(observed, acted, action, decisions.remembered(observed)),
                action.isEmpty() && acted.isPassing(),
                lookAgain,
                observed.now());
    }

    @Override
    public ErrorStatusUpdateControl<AutopostSchedule> updateErrorStatus(
            AutopostSchedule schedule, Context<AutopostSchedule> context, Exception failure) {
        return teller.refused(TOLD, schedule, context, failure);
    }

    @Override
    public List<EventSource<?, AutopostSchedule>> prepareEventSources(EventSourceContext<AutopostSchedule> context) {
        return events.sources(context);
    }
}
