package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.crd.TelegramAccountStatus.State;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Children;
import dev.beckon.operator.worker.Children.Made;
import dev.beckon.operator.worker.Files;
import dev.beckon.operator.worker.Missing;
import dev.beckon.operator.worker.SpentOrders;
import dev.beckon.operator.worker.Turns;
import dev.beckon.operator.worker.WorkerFleet;
import dev.beckon.operator.worker.WorkerJobs;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.operator.worker.WorkerTask;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Carries out what was planned for an account. */
public final class AccountActor {
    private static final Logger LOG = Logger.getLogger(AccountActor.class);

    private final AccountWorkerFactory factory;
    private final WorkerJobs jobs;
    private final Children children;
    private final Files files;
    private final Turns turns;
    private final WorkerFleet fleet;
    private final Settings settings;

    public AccountActor(
            AccountWorkerFactory factory,
            WorkerJobs jobs,
            Children children,
            Files files,
            Turns turns,
            WorkerFleet fleet,
            Settings settings) {
        this.factory = factory;
        this.jobs = jobs;
        this.children = children;
        this.files = files;
        this.turns = turns;
        this.fleet = fleet;
        this.settings = settings;
    }

    /** Digest of what a login would use now. */
    public String content(TelegramAccount account) {
        String namespace = account.getMetadata().getNamespace();
        List<String> versions = AccountWorkerFactory.secrets(account).stream()
                .map(name -> files.version(namespace, name).orElse(""))
                .toList();
        return factory.content(account, versions);
    }

    /** The course as it is after everything that could be done was done. */
    public AccountCourse carryOut(AccountObserved observed, AccountCourse course) {
        if (!(course instanceof AccountCourse.AwaitLedger)) {
            removeSpentOrder(observed);
        }
        return switch (course) {
            case AccountCourse.LoginDue due -> login(observed, due);
            case AccountCourse.Resting resting -> {
                // Campaigns stop their own workers when they see that the account rests.
                observed.activeLogin().ifPresent(children::stop);
                yield resting;
            }
            case AccountCourse.AwaitLedger it -> it;
            case AccountCourse.Blind it -> it;
            case AccountCourse.Ready it -> it;
            case AccountCourse.Underway it -> it;
            case AccountCourse.LoggingIn it -> it;
            case AccountCourse.Stalled it -> it;
            case AccountCourse.LoginRefused it -> it;
        };
    }

    /** In the pass that first sees the login ended which the last status showed. */
    private void removeSpentOrder(AccountObserved observed) {
        List<String> shown =
                Optional.ofNullable(observed.before().login()).map(TelegramAccountStatus.Login::job).stream()
                        .toList();
        SpentOrders.of(
                        observed.logins(),
                        shown,
                        job -> fleet.gone(observed.account().getMetadata().getNamespace(), job),
                        List.of(),
                        false)
                .forEach(children::deleteWorkOrder);
    }

    private AccountCourse login(AccountObserved observed, AccountCourse.LoginDue due) {
        TelegramAccount account = observed.account();
        Optional<Missing> missing = files.firstMissing(factory.prerequisites(account));
        if (missing.isPresent()) {
            return stalled(observed, missing.get().reason(), missing.get().message());
        }
        if (fleet.blind() || !turns.reserve(observed.uid(), observed.uid())) {
            return new AccountCourse.Underway(
                    State.LoginRequired,
                    Reason.OldPodEnding,
                    "An earlier worker of this account is still ending; the login follows.",
                    Optional.of(observed.now().plus(settings.pace().look())));
        }
        boolean known = true;
        try {
            return loginNow(observed, due);
        } catch (KubernetesClientException e) {
            known = !Children.mayBeMade(e);
            throw e;
        } finally {
            if (known) {
                turns.done(observed.uid(), observed.uid());
            } else {
                turns.doubt(observed.uid(), observed.uid());
            }
        }
    }

    private AccountCourse loginNow(AccountObserved observed, AccountCourse.LoginDue due) {
        TelegramAccount account = observed.account();
        WorkerTask task = factory.task(account, due, content(account));
        Made<Secret> order = children.create(jobs.workOrder(account, task.workOrder(), factory.order(account)));
        if (order instanceof Made.Foreign<Secret> foreign) {
            return foreign(observed, foreign);
        }
        return switch (children.create(jobs.job(task))) {
            case Made.Foreign<Job> foreign -> foreign(observed, foreign);
            case Made.Ours<Job>(Job job, boolean fresh) -> {
                fleet.started(job);
                LOG.infof("Login %d has started", due.run());
                yield new AccountCourse.LoggingIn(
                        State.LoginRequired, WorkerRun.of(job).orElseThrow(), Optional.empty());
            }
        };
    }

    private AccountCourse foreign(AccountObserved observed, Made.Foreign<?> foreign) {
        return stalled(
                observed,
                Reason.ChildNotOurs,
                "A " + foreign.kind() + " " + foreign.name()
                        + " exists and is not controlled by this account. It is left alone;" + " delete or rename it.");
    }

    private AccountCourse stalled(AccountObserved observed, Reason reason, String message) {
        Instant again = observed.now().plus(settings.pace().recheck());
        return new AccountCourse.Stalled(State.LoginRequired, reason, message, Optional.empty(), Optional.of(again));
    }

    /** When the account must be looked at again at the latest, though nothing in the cluster changes. */
    public Optional<Instant> lookAgain(AccountObserved observed, AccountCourse course) {
        Optional<Instant> slow = Optional.of(observed.now().plus(settings.pace().look()));
        return switch (course) {
            case AccountCourse.AwaitLedger it -> slow;
            case AccountCourse.LoggingIn it -> slow;
            case AccountCourse.LoginDue it -> slow;
            case AccountCourse.Ready it -> observed.busy() ? slow : Optional.empty();
            case AccountCourse.Underway it -> it.at();
            case AccountCourse.Stalled it -> it.again();
            case AccountCourse.LoginRefused it -> Optional.of(it.again());
            case AccountCourse.Blind it -> Optional.empty();
            case AccountCourse.Resting it -> Optional.empty();
        };
    }
}
