package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps a {@link TelegramAccount} logged in and its status true: observe, plan, act, tell. */
@ControllerConfiguration(
        name = AccountReconciler.NAME,
        fieldManager = Names.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = -1),
        informer =
                @Informer(
                        informerListLimit = Informers.PAGE,
                        onUpdateFilter = MeaningfulUpdate.class,
                        itemStore = LeanItemStore.class))
public class AccountReconciler implements Reconciler<TelegramAccount> {
    public static final String NAME = "telegramaccount";

    private static final StatusTeller.Kind<TelegramAccountStatus, TelegramAccount> TOLD = new StatusTeller.Kind<>(
            OperatorMetrics.Kind.TelegramAccount,
            TelegramAccount::new,
            AccountStatusParts::withoutSequence,
            AccountStatusParts::withoutProgress,
            Rest.USAGE,
            AccountNotices::mark,
            AccountNotices::between);

    private final AccountObserver observer;
    private final AccountRequests requests;
    private final AccountPlanner planner;
    private final AccountActor actor;
    private final AccountStatusFactory statuses;
    private final StatusTeller teller;
    private final AccountFarewell farewell;
    private final AccountEvents events;

    public AccountReconciler(
            AccountObserver observer,
            AccountRequests requests,
            AccountPlanner planner,
            AccountActor actor,
            AccountStatusFactory statuses,
            StatusTeller teller,
            AccountFarewell farewell,
            AccountEvents events) {
        this.observer = observer;
        this.requests = requests;
        this.planner = planner;
        this.actor = actor;
        this.statuses = statuses;
        this.teller = teller;
        this.farewell = farewell;
        this.events = events;
    }

    @Override
    public UpdateControl<TelegramAccount> reconcile(TelegramAccount read, Context<TelegramAccount> context) {
        if (read.isMarkedForDeletion()) {
            // Children go by their owner references: deletion needs neither us nor the ledger. Who is to be logged out
            // first is
            // seen to by the FarewellSource.
            return UpdateControl.noUpdate();
        }
        // Its version with it: by that of before, the status would be refused.
        TelegramAccount account = farewell.prepare(read);
        AccountObserved observed = observer.observe(account);
        Optional<Said> accepted = requests.accept(observed);
        Optional<Said> action = accepted.isPresent() ? accepted : requests.carryOut(observed);
        if (action.isPresent()) {
            observed = observer.observe(account);
        }
        if (accepted.isPresent()) {
            observed = observed.accepted();
        }
        AccountCourse course = actor.carryOut(observed, planner.plan(observed, () -> actor.content(account)));
        Optional<Instant> lookAgain = actor.lookAgain(observed, course);
        if (course instanceof AccountCourse.AwaitLedger && action.isEmpty()) {
            return StatusTeller.silent(lookAgain, observed.now());
        }
        return teller.tell(
                TOLD,
                account,
                context,
                observed.before(),
                statuses.status(observed, course, action),
                false,
                lookAgain,
                observed.now());
    }

    @Override
    public ErrorStatusUpdateControl<TelegramAccount> updateErrorStatus(
            TelegramAccount account, Context<TelegramAccount> context, Exception failure) {
        return teller.refused(TOLD, account, context, failure);
    }

    @Override
    public List<EventSource<?, TelegramAccount>> prepareEventSources(EventSourceContext<TelegramAccount> context) {
        List<EventSource<?, TelegramAccount>> sources = new ArrayList<>(events.sources(context));
        sources.add(
                new FarewellSource(context.getPrimaryCache(), account -> farewell.carryOn(observer.observe(account))));
        return sources;
    }
}
