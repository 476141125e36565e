package dev.beckon.operator.account;

import static dev.beckon.operator.condition.ConditionType.LastAction;
import static dev.beckon.operator.condition.ConditionType.LedgerAvailable;
import static dev.beckon.operator.condition.ConditionType.Ready;

import dev.beckon.crd.LastError;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountSpec;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.crd.TelegramAccountStatus.State;
import dev.beckon.crd.TelegramAccountStatusBuilder;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.operator.condition.ConditionMerger;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/** Tells in a status what was seen of an account and done about it. Pure. */
public final class AccountStatusFactory {

    private record Told(State state, Verdict verdict, Optional<TrippedBreaker> breaker, Optional<WorkerRun> login) {
        Told(State state, Verdict verdict) {
            this(state, verdict, Optional.empty(), Optional.empty());
        }
    }

    /** @param action what became of an annotation in this pass */
    public TelegramAccountStatus status(AccountObserved observed, AccountCourse course, Optional<Verdict.Said> action) {
        long generation = observed.account().getMetadata().getGeneration();
        TelegramAccountStatus before = observed.before();
        if (course instanceof AccountCourse.AwaitLedger && before.state() != null && action.isPresent()) {
            // What it led to is told when the ledger has answered.
            return AccountStatusParts.withConditions(
                    before,
                    ConditionMerger.replace(before.conditions(), LastAction, action.get(), generation, observed.now()));
        }
        TelegramAccountStatusBuilder status = TelegramAccountStatus.builder();
        facts(status, observed);
        Told told = told(observed, course);
        Verdict verdict = withLedger(told.verdict(), observed);
        for (Verdict.Said said : action.stream().toList()) {
            verdict = verdict.and(LastAction, said.status(), said.reason(), said.message());
        }
        return status.state(told.state())
                .observedGeneration(generation)
                .conditions(ConditionMerger.merge(observed.before().conditions(), verdict, generation, observed.now()))
                .login(told.login().map(run -> login(run, observed.report())).orElse(null))
                .breaker(told.breaker().map(it -> since(it, observed)).orElse(null))
                .ledgerSequence(sequence(observed, course))
                .build();
    }

    private static Told told(AccountObserved observed, AccountCourse course) {
        return switch (course) {
            case AccountCourse.AwaitLedger it ->
                new Told(
                        Objects.requireNonNullElse(observed.before().state(), State.LoginRequired),
                        Verdict.underWay(Ready, Reason.Pending, "The ledger is being asked."));
            case AccountCourse.Blind it ->
                new Told(
                        Objects.requireNonNullElse(observed.before().state(), State.LoginRequired),
                        Verdict.underWay(Ready, Reason.LedgerUnavailable, it.why()),
                        Optional.ofNullable(observed.before().breaker()),
                        Optional.empty());
            case AccountCourse.Ready it ->
                new Told(State.Ready, Verdict.reached(Ready, Reason.Ready, "Campaigns can use this account."));
            case AccountCourse.Underway it ->
                new Told(it.state(), Verdict.underWay(Ready, it.reason(), it.message() + at(it.at())));
            case AccountCourse.LoginDue it ->
                new Told(
                        State.LoginRequired,
                        Verdict.underWay(Ready, Reason.LoginRequired, "A login is about to start."));
            case AccountCourse.LoggingIn it -> loggingIn(it);
            case AccountCourse.Resting it ->
                new Told(
                        State.Suspended,
                        Verdict.resting(Ready, Reason.Suspended, "Suspended (spec.suspend). Its session is kept."));
            case AccountCourse.Stalled it ->
                new Told(it.state(), Verdict.stalled(Ready, it.reason(), it.message()), it.breaker(), Optional.empty());
        };
    }

    private static String at(Optional<Instant> at) {
        return at.map(it -> " Goes on at " + seconds(it) + ".").orElse("");
    }

    private static Told loggingIn(AccountCourse.LoggingIn it) {
        String trouble = it.trouble()
                .map(words -> " The pod of Job " + it.run().name() + " does not start: " + words + ".")
                .orElse("");
        Verdict verdict = switch (it.state()) {
            case WaitingForQrScan ->
                Verdict.underWay(
                        Ready,
                        Reason.WaitingForQrScan,
                        "Scan the QR code in the log of Job " + it.run().name()
                                + ", or open status.login.qrLink, with a phone that is logged in.");
            case WaitingForCode ->
                Verdict.underWay(
                        Ready,
                        Reason.WaitingForCode,
                        "Telegram has sent a code: write it into the login Secret under the key code.");
            case WaitingForPassword ->
                Verdict.underWay(
                        Ready,
                        Reason.WaitingForPassword,
                        "Two-step verification is on: write the password into the login Secret under the key password.");
            case LoginRequired, LoggedOut, Ready, CoolingDown, Limited, Banned, Suspended ->
                Verdict.underWay(Ready, Reason.LoggingIn, "Job " + it.run().name() + " logs in." + trouble);
        };
        return new Told(it.state(), verdict, Optional.empty(), Optional.of(it.run()));
    }

    private static void facts(TelegramAccountStatusBuilder status, AccountObserved observed) {
        TelegramAccountStatus before = observed.before();
        if (observed.report().isEmpty()) {
            status.user(before.user())
                    .usage(before.usage())
                    .coolDownUntil(before.coolDownUntil())
                    .lastError(before.lastError());
            return;
        }
        AccountReport report = observed.report().get();
        report.user()
                .ifPresent(it -> status.user(new TelegramAccountStatus.User(
                        it.id(),
                        it.username().orElse(null),
                        it.displayName(),
                        it.phoneMasked().orElse(null),
                        bot(observed.account()))));
        status.usage(new TelegramAccountStatus.Usage(
                        report.invites(), report.messages(), report.joins(), report.lookups()))
                .coolDownUntil(report.coolDownUntil()
                        .filter(until -> until.isAfter(observed.now()))
                        .map(AccountStatusFactory::seconds)
                        .orElse(null))
                .lease(report.lease()
                        .filter(it -> it.expiresAt().isAfter(observed.now()))
                        .map(it -> new TelegramAccountStatus.Lease(pod(it.holder()), seconds(it.since())))
                        .orElse(null));
        report.stateReason()
                .ifPresent(reason -> status.lastError(new LastError(
                        reason,
                        report.stateMessage().orElse(""),
                        Optional.ofNullable(before.lastError())
                                .filter(last -> reason.equals(last.reason()))
                                .map(LastError::time)
                                .orElse(seconds(observed.now())))));
    }

    /** Only a bot's token makes a bot; absent otherwise. */
    private static Boolean bot(TelegramAccount account) {
        return account.getSpec().login().method() == TelegramAccountSpec.Method.BotToken ? Boolean.TRUE : null;
    }

    /** A lease's holder is the pod's name and uid. */
    private static String pod(String holder) {
        int end = holder.indexOf('/');
        return end < 0 ? holder : holder.substring(0, end);
    }

    private static TelegramAccountStatus.Login login(WorkerRun run, Optional<AccountReport> report) {
        Optional<AccountReport.QrCode> qr = report.flatMap(AccountReport::qr);
        return new TelegramAccountStatus.Login(
                qr.map(AccountReport.QrCode::link).orElse(null),
                qr.map(it -> seconds(it.expiresAt())).orElse(null),
                run.name());
    }

    private static Verdict withLedger(Verdict verdict, AccountObserved observed) {
        return switch (observed.reading()) {
            case Reading.Asked<AccountReport> asked -> verdict;
            case Reading.Unreachable<AccountReport> it ->
                verdict.and(LedgerAvailable, false, Reason.LedgerUnavailable, it.why());
            case Reading.Known<AccountReport> known ->
                observed.hints()
                        ? verdict.and(
                                LedgerAvailable, true, Reason.Connected, "The ledger answers; workers send hints.")
                        : verdict.and(
                                LedgerAvailable,
                                true,
                                Reason.ConnectedWithoutHints,
                                "The ledger answers; without Redis, progress is looked at now and then.");
        };
    }

    private static TrippedBreaker since(TrippedBreaker breaker, AccountObserved observed) {
        TrippedBreaker before = observed.before().breaker();
        Instant since = before != null && Objects.equals(before.id(), breaker.id()) && before.since() != null
                ? before.since()
                : seconds(observed.now());
        return new TrippedBreaker(breaker.id(), breaker.reason(), since);
    }

    /** A ledger that is behind keeps the higher number standing, until a person accepts it. */
    private static Long sequence(AccountObserved observed, AccountCourse course) {
        boolean behind =
                course instanceof AccountCourse.Stalled stalled && stalled.reason() == Reason.LedgerBehindStatus;
        return !behind && observed.reading() instanceof Reading.Known<AccountReport> known
                ? Long.valueOf(known.sequence())
                : observed.before().ledgerSequence();
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
