package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccountStatus.State;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.ledger.report.CampaignReport.BreakerReport;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.RestoredLedger;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides what is to be done about an account. Pure, but for the login Secret, which is looked at only if it matters. */
public final class AccountPlanner {
    private final LoginPlanner logins;

    public AccountPlanner(Settings settings) {
        this.logins = new LoginPlanner(settings);
    }

    /** @param content digest of what a login would use now, its Secret included */
    public AccountCourse plan(AccountObserved observed, Supplier<String> content) {
        if (observed.account().getSpec().suspend()) {
            return new AccountCourse.Resting(observed.restored());
        }
        return switch (observed.reading()) {
            case Reading.Asked<AccountReport> asked -> new AccountCourse.AwaitLedger();
            case Reading.Unreachable<AccountReport> unreachable -> new AccountCourse.Blind(unreachable.why());
            case Reading.Known<AccountReport> known -> known(observed, known, content);
        };
    }

    private AccountCourse known(
            AccountObserved observed, Reading.Known<AccountReport> known, Supplier<String> content) {
        Optional<TrippedBreaker> restored = observed.restored();
        if (restored.isPresent()) {
            return restored(observed, restored.get());
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
                        "Telegram banned this account" + words(known.report())
                                + ". It can't be used: ask Telegram why, in the"
                                + " app or at recover@telegram.org. If it lifts the ban, delete this TelegramAccount and apply"
                                + " it again; it logs in anew then.",
                        Optional.empty(),
                        Optional.empty());
            case LoginRequired, WaitingForQrScan, WaitingForCode, WaitingForPassword, LoggedOut ->
                mustWait(observed, known.report())
                        .orElseGet(() -> logins.plan(observed, State.valueOf(state.name()), content));
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

    /** A flood wait binds a login, too: each try before its end makes it longer. */
    private static Optional<AccountCourse> mustWait(AccountObserved observed, Optional<AccountReport> report) {
        return report.flatMap(AccountReport::coolDownUntil)
                .filter(until -> until.isAfter(observed.now()))
                .filter(_ -> observed.activeLogin().isEmpty())
                .map(until -> new AccountCourse.Underway(
                        State.CoolingDown,
                        Reason.CoolingDown,
                        "Telegram told this account to wait before it logs in; the login follows by itself.",
                        Optional.of(until)));
    }

    private static AccountCourse limited(AccountReport report) {
        Optional<TrippedBreaker> breaker =
                report.breaker().map(it -> new TrippedBreaker(it.breakerId(), it.reason(), null));
        String how = breaker.map(it -> " Look at it, then set the annotation beckon.dev/acknowledge=" + it.id() + ".")
                .orElse("");
        String words = report.breaker().map(BreakerReport::message).orElse("");
        boolean frozen = words.startsWith("FROZEN");
        return new AccountCourse.Stalled(
                State.Limited,
                Reason.AccountLimited,
                (frozen ? "Telegram froze this account" : "Telegram limited this account")
                        + (words.isEmpty() ? words(Optional.of(report)) : " (" + words + ")")
                        + "; every campaign that uses it is paused."
                        + (frozen ? " Telegram's app tells why and takes the appeal." : "")
                        + how,
                breaker,
                Optional.empty());
    }

    /** Telegram's own, or ours where it gave none. */
    private static String words(Optional<AccountReport> report) {
        return report.flatMap(it -> it.stateMessage().or(it::stateReason))
                .map(it -> " (" + it + ")")
                .orElse("");
    }

    private static AccountCourse restored(AccountObserved observed, TrippedBreaker breaker) {
        State state = Optional.ofNullable(observed.before().state())
                .filter(it -> it != State.Ready && it != State.CoolingDown)
                .orElse(State.Suspended);
        return new AccountCourse.Stalled(
                state,
                Reason.LedgerBehindStatus,
                RestoredLedger.sentence(observed.account(), breaker),
                Optional.of(breaker),
                Optional.empty());
    }
}
