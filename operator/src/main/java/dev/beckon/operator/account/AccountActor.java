package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.crd.TelegramAccountStatus.State;
import dev.beckon.operator.Settings;
import dev.beckon.operator.account.AccountRuns.Begun;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Children;
import dev.beckon.operator.worker.Files;
import dev.beckon.operator.worker.SpentOrders;
import dev.beckon.operator.worker.WorkerFleet;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.operator.worker.WorkerTask;
import dev.beckon.workorder.LoginOrder.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Carries out what was planned for an account. */
public final class AccountActor {
    private static final Logger LOG = Logger.getLogger(AccountActor.class);

    private final AccountWorkerFactory factory;
    private final AccountRuns runs;
    private final Children children;
    private final Files files;
    private final WorkerFleet fleet;
    private final Settings settings;

    public AccountActor(
            AccountWorkerFactory factory,
            AccountRuns runs,
            Children children,
            Files files,
            WorkerFleet fleet,
            Settings settings) {
        this.factory = factory;
        this.runs = runs;
        this.children = children;
        this.files = files;
        this.fleet = fleet;
        this.settings = settings;
    }

    /** Digest of what a login would use now. */
    public String content(TelegramAccount account) {
        String namespace = account.getMetadata().getNamespace();
        List<String> versions = factory.secrets(account).stream()
                .map(name -> files.version(namespace, name).orElse(""))
                .toList();
        return factory.content(account, versions);
    }

    /** The course as it is after everything that could be done was done. */
    public AccountCourse carryOut(AccountObserved observed, AccountCourse course) {
        if (!(course instanceof AccountCourse.AwaitLedger)) {
            removeSpentOrders(observed);
        }
        return switch (course) {
            case AccountCourse.LoginDue due -> login(observed, due);
            case AccountCourse.Resting resting -> {
                // Campaigns stop their own workers when they see that the account rests.
                observed.activeLogin().ifPresent(children::stop);
                yield resting;
            }
            case AccountCourse.LoginOutdated outdated -> {
                // Its successor begins when its pod is gone.
                children.stop(outdated.run());
                yield outdated;
            }
            case AccountCourse.AwaitLedger it -> it;
            case AccountCourse.Blind it -> it;
            case AccountCourse.Ready it -> {
                check(observed);
                yield it;
            }
            case AccountCourse.Underway it -> it;
            case AccountCourse.LoggingIn it -> it;
            case AccountCourse.Stalled it -> it;
            case AccountCourse.LoginRefused it -> it;
        };
    }

    /** Of logins, and of the looks at a session, that have ended: each order is made again when it is needed again. */
    private void removeSpentOrders(AccountObserved observed) {
        List<String> shown =
                Optional.ofNullable(observed.before().login()).map(TelegramAccountStatus.Login::job).stream()
                        .toList();
        SpentOrders.of(
                        Stream.of(observed.logins(), observed.checks(), observed.farewells())
                                .flatMap(List::stream)
                                .toList(),
                        shown,
                        job -> fleet.gone(observed.account().getMetadata().getNamespace(), job),
                        List.of(),
                        true)
                .forEach(children::deleteWorkOrder);
    }

    private AccountCourse login(AccountObserved observed, AccountCourse.LoginDue due) {
        TelegramAccount account = observed.account();
        WorkerTask task = factory.task(account, due, content(account));
        return switch (runs.begin(account, task, factory.order(account), factory.prerequisites(account))) {
            case Begun.Started(WorkerRun run) ->
                new AccountCourse.LoggingIn(State.LoginRequired, run, Optional.empty());
            case Begun.Busy() ->
                new AccountCourse.Underway(
                        State.LoginRequired,
                        Reason.OldPodEnding,
                        "An earlier worker of this account is still ending; the login follows.",
                        Optional.of(observed.now().plus(settings.pace().look())));
            case Begun.Blocked(Reason reason, String message) -> stalled(observed, reason, message);
        };
    }

    /** An account that rests is looked after; whatever hinders this now is no fault of the account. */
    private void check(AccountObserved observed) {
        boolean due =
                nextCheck(observed).filter(at -> !at.isAfter(observed.now())).isPresent();
        if (!due || observed.busy()) {
            return;
        }
        TelegramAccount account = observed.account();
        int run = WorkerRun.latest(observed.checks()).map(WorkerRun::run).orElse(0) + 1;
        Begun begun = runs.begin(
                account,
                factory.visit(account, Purpose.Check, run),
                factory.order(account, Purpose.Check),
                factory.visitPrerequisites(account));
        if (begun instanceof Begun.Blocked blocked) {
            LOG.warnf("The session can't be checked: %s", blocked.message());
        }
    }

    private Optional<Instant> nextCheck(AccountObserved observed) {
        return SessionChecks.due(observed, settings.pace().sessionCheck());
    }

    private AccountCourse stalled(AccountObserved observed, Reason reason, String message) {
        Instant again = observed.now().plus(settings.pace().recheck());
        return new AccountCourse.Stalled(State.LoginRequired, reason, message, Optional.empty(), Optional.of(again));
    }

    /** What is due already has been seen to, or could not be: it is looked at again soon. */
    private static Optional<Instant> later(Optional<Instant> at, Instant soonest) {
        return at.map(it -> it.isBefore(soonest) ? soonest : it);
    }

    /** When the account must be looked at again at the latest, though nothing in the cluster changes. */
    public Optional<Instant> lookAgain(AccountObserved observed, AccountCourse course) {
        Optional<Instant> slow = Optional.of(observed.now().plus(settings.pace().look()));
        return switch (course) {
            case AccountCourse.AwaitLedger it -> slow;
            case AccountCourse.LoggingIn it -> slow;
            case AccountCourse.LoginOutdated it -> slow;
            case AccountCourse.LoginDue it -> slow;
            case AccountCourse.Ready it -> observed.busy() ? slow : later(nextCheck(observed), slow.get());
            case AccountCourse.Underway it -> it.at();
            case AccountCourse.Stalled it -> it.again();
            case AccountCourse.LoginRefused it -> Optional.of(it.again());
            case AccountCourse.Blind it -> Optional.empty();
            case AccountCourse.Resting it -> Optional.empty();
        };
    }
}
