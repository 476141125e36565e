package dev.beckon.operator.account;

import static dev.beckon.operator.condition.ConditionType.LastAction;
import static dev.beckon.operator.condition.ConditionType.Ready;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountSpec;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.crd.TelegramAccountStatus.State;
import dev.beckon.crd.TelegramAccountStatusBuilder;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.ConditionMerger;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict;
import dev.beckon.operator.ledger.LedgerCondition;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Tells in a status what was seen of an account and done about it. Pure. */
public final class AccountStatusFactory {

    private static final String LOGIN_REFUSED = Reason.LoginRefused.name();

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
        Verdict verdict = LedgerCondition.with(
                told.verdict(), observed.reading(), observed.hints(), observed.account(), told.breaker());
        for (Verdict.Said said : action.stream().toList()) {
            verdict = verdict.and(LastAction, said.status(), said.reason(), said.message());
        }
        return status.state(told.state())
                .observedGeneration(generation)
                .conditions(ConditionMerger.merge(before.conditions(), verdict, generation, observed.now()))
                .login(told.login()
                        // Also when the account is Ready already: the pass that sees its Job ended knows by this what
                        // to remove.
                        .or(observed::activeLogin)
                        .map(run -> login(run, observed.report().filter(_ -> observed.loginIsHeard())))
                        .orElse(null))
                .refusedLogin(refused(before, course))
                .breaker(told.breaker()
                        .map(it -> Statuses.since(before.breaker(), it, observed.now()))
                        .orElse(null))
                .ledgerSequence(LedgerCondition.sequence(before.ledgerSequence(), observed.reading()))
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
                        AccountStatusParts.blind(observed, it),
                        Optional.ofNullable(observed.before().breaker()),
                        Optional.empty());
            case AccountCourse.Ready it ->
                new Told(
                        State.Ready,
                        Verdict.reached(Ready, Reason.Ready, "Campaigns can use this account." + twin(observed)));
            case AccountCourse.Underway it ->
                new Told(
                        it.state(),
                        Verdict.underWay(
                                Ready, it.reason(), SessionLoss.sentence(observed) + it.message() + at(it.at())));
            case AccountCourse.LoginDue it ->
                new Told(
                        State.LoginRequired,
                        Verdict.underWay(
                                Ready,
                                SessionLoss.reason(observed, Reason.LoginRequired),
                                SessionLoss.sentence(observed) + "A login is about to start."));
            case AccountCourse.LoggingIn it -> loggingIn(it, observed);
            case AccountCourse.LoginOutdated it ->
                new Told(
                        State.LoginRequired,
                        Verdict.underWay(
                                Ready,
                                Reason.LoggingIn,
                                SessionLoss.sentence(observed) + "The account was edited: Job "
                                        + it.run().name()
                                        + " ends, and a login by what spec says now follows by itself."));
            case AccountCourse.Resting it ->
                new Told(
                        State.Suspended,
                        Verdict.resting(Ready, Reason.Suspended, "Suspended (spec.suspend). Its session is kept."),
                        it.breaker(),
                        Optional.empty());
            case AccountCourse.Stalled it ->
                new Told(it.state(), Verdict.stalled(Ready, it.reason(), it.message()), it.breaker(), Optional.empty());
            case AccountCourse.LoginRefused it ->
                new Told(it.state(), Verdict.stalled(Ready, it.reason(), it.message()));
        };
    }

    private static String twin(AccountObserved observed) {
        return observed.olderTwin()
                .map(
                        it -> " Behind it is the same Telegram user as behind TelegramAccount " + it
                                + ": both share one quota and one flood wait, so the second brings nothing. Was another phone meant?")
                .orElse("");
    }

    private static String at(Optional<Instant> at) {
        return at.map(it -> " Goes on at " + Statuses.seconds(it) + ".").orElse("");
    }

    private static Told loggingIn(AccountCourse.LoggingIn it, AccountObserved observed) {
        Optional<AccountReport> report = observed.report();
        String trouble = it.trouble()
                .map(words -> " The pod of Job " + it.run().name() + " does not start: " + words + ".")
                .orElse("");
        String loss = SessionLoss.sentence(observed);
        // Nothing goes on before a person scans or types: that is what Stalled means (kstatus), though no fault is to
        // be mended.
        Verdict verdict = switch (it.state()) {
            case WaitingForQrScan ->
                Verdict.stalled(
                        Ready,
                        Reason.WaitingForQrScan,
                        loss + "Scan the QR code in the log of Job " + it.run().name()
                                + ", or open status.login.qrLink, with a phone that is logged in.");
            case WaitingForCode ->
                Verdict.stalled(
                        Ready,
                        Reason.WaitingForCode,
                        refusedAnswer(report)
                                .orElse(loss + "Telegram has sent a code: kubectl annotate tga "
                                        + observed.account().getMetadata().getName() + " -n "
                                        + observed.account().getMetadata().getNamespace()
                                        + " --overwrite beckon.dev/login-code=…, or write it into the login Secret under the key"
                                        + " code."));
            case WaitingForPassword ->
                Verdict.stalled(
                        Ready,
                        Reason.WaitingForPassword,
                        refusedAnswer(report)
                                .orElse(loss + "Two-step verification is on: " + givePassword(observed.account())));
            case LoginRequired, LoggedOut, Ready, CoolingDown, Limited, Banned, Suspended ->
                Verdict.underWay(
                        Ready,
                        SessionLoss.reason(observed, Reason.LoggingIn),
                        loss + "Job " + it.run().name() + " logs in." + trouble);
        };
        return new Told(it.state(), verdict, Optional.empty(), Optional.of(it.run()));
    }

    private static String givePassword(TelegramAccount account) {
        return Optional.ofNullable(account.getSpec().login().secretRef())
                .map(it -> "write the password into the key password of the login Secret " + it.name()
                        + " (spec.login.secretRef); it is taken within a minute or two.")
                .orElseGet(() -> {
                    String name = account.getMetadata().getName() + "-login";
                    return "spec.login.secretRef names no Secret that could hold the password. Create one: kubectl create secret"
                            + " generic " + name + " -n "
                            + account.getMetadata().getNamespace()
                            + " --from-literal=password=VALUE, then set spec.login.secretRef.name to " + name
                            + ". The login begins anew with it, and the QR code is to be scanned once more.";
                });
    }

    /** The login waits for a better answer than the one it got: the worker's sentence has Telegram's own word, and no answer. */
    private static Optional<String> refusedAnswer(Optional<AccountReport> report) {
        return report.filter(
                        it -> it.stateReason().filter(LOGIN_REFUSED::equals).isPresent())
                .flatMap(AccountReport::stateMessage);
    }

    /** Kept while what was refused must not be tried again, and while nothing new is known. */
    private static TelegramAccountStatus.RefusedLogin refused(TelegramAccountStatus before, AccountCourse course) {
        return switch (course) {
            case AccountCourse.LoginRefused it -> it.refused();
            case AccountCourse.AwaitLedger it -> before.refusedLogin();
            case AccountCourse.Blind it -> before.refusedLogin();
            case AccountCourse.Resting it -> before.refusedLogin();
            case AccountCourse.Underway it -> before.refusedLogin();
            case AccountCourse.Stalled it -> before.refusedLogin();
            case AccountCourse.Ready it -> null;
            case AccountCourse.LoginDue it -> null;
            case AccountCourse.LoggingIn it -> null;
            case AccountCourse.LoginOutdated it -> null;
        };
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
                        .map(Statuses::seconds)
                        .orElse(null))
                .lease(report.lease()
                        .filter(it -> it.expiresAt().isAfter(observed.now()))
                        .map(it -> new TelegramAccountStatus.Lease(
                                AccountObserved.podOf(it.holder()), Statuses.seconds(it.since())))
                        .orElse(null));
        SessionLoss.lastError(observed, report).ifPresent(status::lastError);
    }

    /** Only a bot's token makes a bot; absent otherwise. */
    private static Boolean bot(TelegramAccount account) {
        return account.getSpec().login().method() == TelegramAccountSpec.Method.BotToken ? Boolean.TRUE : null;
    }

    private static TelegramAccountStatus.Login login(WorkerRun run, Optional<AccountReport> report) {
        Optional<AccountReport.QrCode> qr = report.flatMap(AccountReport::qr);
        return new TelegramAccountStatus.Login(
                qr.map(AccountReport.QrCode::link).orElse(null),
                qr.map(it -> Statuses.seconds(it.expiresAt())).orElse(null),
                run.name());
    }
}
