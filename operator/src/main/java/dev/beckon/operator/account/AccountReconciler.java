package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
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

/** Keeps a {@link TelegramAccount} logged in and its status true: observe, plan, act, tell. */
@ControllerConfiguration(
        name = AccountReconciler.NAME,
        fieldManager = Names.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = -1),
        informer = @Informer(onUpdateFilter = MeaningfulUpdate.class))
public class AccountReconciler implements Reconciler<TelegramAccount> {
    public static final String NAME = "telegramaccount";

    private final AccountObserver observer;
    private final AccountRequests requests;
    private final AccountPlanner planner;
    private final AccountActor actor;
    private final AccountStatusFactory statuses;
    private final Notices notices;
    private final StatusPace pace;
    private final OperatorMetrics metrics;
    private final AccountEvents events;

    public AccountReconciler(
            AccountObserver observer,
            AccountRequests requests,
            AccountPlanner planner,
            AccountActor actor,
            AccountStatusFactory statuses,
            Notices notices,
            StatusPace pace,
            OperatorMetrics metrics,
            AccountEvents events) {
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
    public UpdateControl<TelegramAccount> reconcile(TelegramAccount account, Context<TelegramAccount> context) {
        if (account.isMarkedForDeletion()) {
            // Children go by their owner references: deletion needs neither us nor the ledger.
            return UpdateControl.noUpdate();
        }
        AccountObserved observed = observer.observe(account);
        Optional<Said> action = requests.carryOut(observed);
        if (action.isPresent()) {
            observed = observer.observe(account);
        }
        AccountCourse course = actor.carryOut(observed, planner.plan(observed, () -> actor.content(account)));
        Optional<Instant> lookAgain = actor.lookAgain(observed, course);
        if (course instanceof AccountCourse.AwaitLedger && action.isEmpty()) {
            return Statuses.lookingAgain(UpdateControl.noUpdate(), lookAgain, observed.now());
        }
        return tell(observed, statuses.status(observed, course, action), lookAgain);
    }

    private UpdateControl<TelegramAccount> tell(
            AccountObserved observed, TelegramAccountStatus status, Optional<Instant> lookAgain) {
        TelegramAccount account = observed.account();
        Advice advice = pace.advise(
                observed.uid(),
                account.getStatus(),
                status,
                AccountStatusParts::withoutSequence,
                AccountStatusParts::withoutProgress);
        return switch (advice) {
            case Advice.Nothing nothing -> Statuses.lookingAgain(UpdateControl.noUpdate(), lookAgain, observed.now());
            case Advice.PutOff(var in) -> {
                metrics.statusPutOff(OperatorMetrics.Kind.TelegramAccount);
                Instant then = observed.now().plus(in);
                yield Statuses.lookingAgain(
                        UpdateControl.noUpdate(),
                        Optional.of(lookAgain.filter(then::isAfter).orElse(then)),
                        observed.now());
            }
            case Advice.Write write -> {
                // Before the status: a pass that is repeated after a crash finds the event there.
                notices.publish(
                        account,
                        AccountNotices.mark(observed.before()),
                        AccountNotices.between(observed.before(), status));
                metrics.statusWritten(OperatorMetrics.Kind.TelegramAccount);
                yield Statuses.lookingAgain(
                        UpdateControl.patchStatus(Statuses.carrier(account, TelegramAccount::new, status)),
                        lookAgain,
                        observed.now());
            }
        };
    }

    @Override
    public List<EventSource<?, TelegramAccount>> prepareEventSources(EventSourceContext<TelegramAccount> context) {
        return events.sources();
    }
}
