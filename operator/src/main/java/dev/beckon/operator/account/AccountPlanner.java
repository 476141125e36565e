package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccountStatus.State;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.worker.RunHistory;
import dev.beckon.operator.worker.RunHistory.Sequel;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides what is to be done about an account. Pure, but for the login Secret, which is looked at only if it matters. */
public final class AccountPlanner {
    /** Begins the id by which a person accepts that the ledger is older than a status. */
    public static final String LEDGER_BREAKER = "ledger-";

    private final RunHistory history;
    private final Settings settings;

    public AccountPlanner(Settings settings) {
        this.history = new RunHistory(settings);
        this.settings = settings;
    }

    /** @param content digest of what a login would use now, its Secret included */
    public AccountCourse plan(AccountObserved observed, Supplier<String> content) {
        if (observed.account().getSpec().suspend()) {
            return new AccountCourse.Resting();
        }
        return switch (observed.reading()) {
            case Reading.Asked<AccountReport> asked -> new AccountCourse.AwaitLedger();
            case Reading.Unreachable<AccountReport> unreachable -> new AccountCourse.Blind(unreachable.why());
            case Reading.Known<AccountReport> known -> known(observed, known, content);
        };
    }

    private AccountCourse known(
            AccountObserved observed, Reading.Known<AccountReport> known, Supplier<String> content) {
        Long seen = observed.before().ledgerSequence();
        if (seen != null && seen > known.sequence()) {
            return behind(seen, known.sequence(), observed);
        }
        if (known.report().flatMap(AccountReport::breaker).isPresent()) {
            return limited(known.report().get());
        }
        AccountState state = known.report().map(AccountReport::state).orElse(AccountState.LoginRequired);
        return switch (state) {
            case Ready -> new AccountCourse.Ready();
            case CoolingDown -> coolingDown(known.report().orElseThrow(), observed.now());
            case Limited -> limited(known.report().orElseThrow());
            case Banned ->
                new AccountCourse.Stalled(
                        State.Banned,
                        Reason.Banned,
                        "Telegram banned this account" + words(known.report()) + ". It can't be used any more.",
                        Optional.empty(),
                        Optional.empty());
            case LoginRequired, WaitingForQrScan, WaitingForCode, WaitingForPassword, LoggedOut ->
                login(observed, State.valueOf(state.name()), content);
        };
    }

    private static AccountCourse coolingDown(AccountReport report, Instant now) {
        return report.coolDownUntil()
                .filter(until -> until.isAfter(now))
                .<AccountCourse>map(until -> new AccountCourse.Underway(
                        State.CoolingDown,
                        Reason.CoolingDown,
                        "Telegram told this account to wait; campaigns go on by themselves.",
                        Optional.of(until)))
                .orElseGet(AccountCourse.Ready::new);
    }

    private static AccountCourse limited(AccountReport report) {
        Optional<TrippedBreaker> breaker =
                report.breaker().map(it -> new TrippedBreaker(it.breakerId(), it.reason(), null));
        String how = breaker.map(it -> " Look at it, then set the annotation beckon.dev/acknowledge=" + it.id() + ".")
                .orElse("");
        return new AccountCourse.Stalled(
                State.Limited,
                Reason.AccountLimited,
                "Telegram limited this account" + words(Optional.of(report))
                        + "; every campaign that uses it is paused." + how,
                breaker,
                Optional.empty());
    }

    private static String words(Optional<AccountReport> report) {
        return report.flatMap(AccountReport::stateReason)
                .map(it -> " (" + it + ")")
                .orElse("");
    }

    private static AccountCourse behind(long seen, long sequence, AccountObserved observed) {
        String id = LEDGER_BREAKER + seen;
        State state = Optional.ofNullable(observed.before().state())
                .filter(it -> it != State.Ready && it != State.CoolingDown)
                .orElse(State.Suspended);
        return new AccountCourse.Stalled(
                state,
                Reason.LedgerBehindStatus,
                "The ledger is at number " + sequence + ", this status was computed from number " + seen
                        + ": an older backup was restored. Look at it, then set the annotation beckon.dev/acknowledge="
                        + id
                        + ".",
                Optional.of(new TrippedBreaker(id, Reason.LedgerBehindStatus.name(), null)),
                Optional.empty());
    }

    private AccountCourse login(AccountObserved observed, State state, Supplier<String> content) {
        Optional<WorkerRun> active = observed.activeLogin();
        if (active.isPresent()) {
            Optional<String> trouble = Optional.ofNullable(
                            observed.pods().get(active.get().name()))
                    .flatMap(WorkerPod::trouble);
            return new AccountCourse.LoggingIn(state, active.get(), trouble);
        }
        Optional<WorkerRun> last = WorkerRun.latest(observed.logins());
        int run = last.map(WorkerRun::run).orElse(0) + 1;
        Sequel sequel = last.map(it ->
                        history.after(it, Optional.ofNullable(observed.pods().get(it.name()))))
                .orElse(new Sequel.Free(0));
        return switch (sequel) {
            case Sequel.Free free -> new AccountCourse.LoginDue(run, free.failures());
            // The same credentials are refused again, and each try counts with Telegram: only new ones are tried.
            case Sequel.Fault fault ->
                last.orElseThrow().content().equals(content.get())
                        ? new AccountCourse.Stalled(
                                state,
                                Reason.LoginRefused,
                                fault.message()
                                        + " Mend the login Secret or spec.login; a new login starts by itself then.",
                                Optional.empty(),
                                Optional.of(observed.now().plus(settings.pace().recheck())))
                        : new AccountCourse.LoginDue(run, 0);
            case Sequel.BackOff wait ->
                wait.until().isAfter(observed.now())
                        ? new AccountCourse.Underway(
                                state, Reason.WorkerBackOff, wait.message(), Optional.of(wait.until()))
                        : new AccountCourse.LoginDue(run, wait.failures());
        };
    }
}
