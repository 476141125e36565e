package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJob;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.operator.EndlessRetry;
import dev.beckon.operator.Informers;
import dev.beckon.operator.LeanItemStore;
import dev.beckon.operator.MeaningfulUpdate;
import dev.beckon.operator.OperatorMetrics;
import dev.beckon.operator.StatusPace.Rest;
import dev.beckon.operator.StatusTeller;
import dev.beckon.operator.condition.Verdict.Said;
import dev.beckon.operator.ledger.RestoredRequests;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.worker.Holder;
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

/** Brings a {@link ParserJob} to its dataset: observe, plan, act, tell. */
@ControllerConfiguration(
        name = ParserReconciler.NAME,
        fieldManager = Names.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = -1),
        informer =
                @Informer(
                        informerListLimit = Informers.PAGE,
                        onUpdateFilter = MeaningfulUpdate.class,
                        itemStore = LeanItemStore.class))
public class ParserReconciler implements Reconciler<ParserJob> {
    public static final String NAME = "parserjob";

    private static final StatusTeller.Kind<ParserJobStatus, ParserJob> TOLD = new StatusTeller.Kind<>(
            OperatorMetrics.Kind.ParserJob,
            ParserJob::new,
            ParserStatusParts::withoutSequence,
            ParserStatusParts::withoutProgress,
            Rest.PROGRESS,
            ParserNotices::mark,
            ParserNotices::between);

    private final ParserObserver observer;
    private final RestoredRequests requests;
    private final ParserPlanner planner;
    private final ParserActor actor;
    private final ParserStatusFactory statuses;
    private final StatusTeller teller;
    private final ParserEvents events;

    public ParserReconciler(
            ParserObserver observer,
            RestoredRequests requests,
            ParserPlanner planner,
            ParserActor actor,
            ParserStatusFactory statuses,
            StatusTeller teller,
            ParserEvents events) {
        this.observer = observer;
        this.requests = requests;
        this.planner = planner;
        this.actor = actor;
        this.statuses = statuses;
        this.teller = teller;
        this.events = events;
    }

    @Override
    public UpdateControl<ParserJob> reconcile(ParserJob parser, Context<ParserJob> context) {
        if (parser.isMarkedForDeletion()) {
            // Children go by their owner references: deletion needs neither us nor the ledger.
            return UpdateControl.noUpdate();
        }
        ParserObserved observed = observer.observe(parser);
        Optional<Said> action = requests.carryOut(
                observed.scene().held(Subject.parser(parser.getMetadata().getUid())));
        if (action.isPresent()) {
            observed = observer.observe(parser).accepted();
        }
        RunCourse course = actor.carryOut(observed, planner.plan(observed));
        Optional<Instant> lookAgain = actor.lookAgain(observed, course);
        if (course instanceof RunCourse.AwaitLedger && action.isEmpty()) {
            return StatusTeller.silent(lookAgain, observed.now());
        }
        return teller.tell(
                TOLD,
                parser,
                context,
                observed.before(),
                statuses.status(observed, course, action),
                action.isEmpty() && course instanceof RunCourse.Queued(Holder.Brief brief),
                lookAgain,
                observed.now());
    }

    @Override
    public ErrorStatusUpdateControl<ParserJob> updateErrorStatus(
            ParserJob parser, Context<ParserJob> context, Exception failure) {
        return teller.refused(TOLD, parser, context, failure);
    }

    @Override
    public List<EventSource<?, ParserJob>> prepareEventSources(EventSourceContext<ParserJob> context) {
        return events.sources(context);
    }
}
