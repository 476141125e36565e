package dev.beckon.operator.account;

import dev.beckon.crd.SecretRef;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountSpec.Method;
import dev.beckon.crd.TelegramAccountStatus.RefusedLogin;
import dev.beckon.crd.TelegramAccountStatus.State;
import dev.beckon.operator.Settings;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.RunFaults;
import dev.beckon.operator.worker.RunHistory;
import dev.beckon.operator.worker.RunHistory.Sequel;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides whether an account that has no session logs in now. What Telegram refused once is refused again, and each try
 * counts: it is remembered in the status, which outlives the Job, and tried again only when what it used has changed.
 */
final class LoginPlanner {
    /** What became of a try that Telegram counts. */
    private static final Set<Reason> OF_TELEGRAM =
            EnumSet.of(Reason.LoginRefused, Reason.PhoneNotRegistered, Reason.LoginTimedOut);

    private final RunHistory history;
    private final Settings settings;

    LoginPlanner(Settings settings) {
        this.history = new RunHistory(settings);
        this.settings = settings;
    }

    /** @param content digest of what a login would use now, its Secrets included */
    AccountCourse plan(AccountObserved observed, State told, Supplier<String> content) {
        // A login that was killed could not tell that it waits no longer.
        State state = observed.loginIsHeard() || told == State.LoggedOut ? told : State.LoginRequired;
        Optional<WorkerRun> active = observed.activeLogin();
        if (active.filter(run -> AccountWorkerFactory.isOtherWay(run.content(), observed.account()))
                .isPresent()) {
            return new AccountCourse.LoginOutdated(active.get());
        }
        if (active.isPresent()) {
            Optional<String> trouble = pod(observed, active.get()).flatMap(WorkerPod::trouble);
            return new AccountCourse.LoggingIn(state, active.get(), trouble);
        }
        Optional<WorkerRun> last = WorkerRun.latest(observed.logins());
        Sequel sequel = last.map(it -> history.after(it, pod(observed, it))).orElse(new Sequel.Free(0));
        Optional<RefusedLogin> refused = refused(observed, last, sequel)
                .or(() -> Optional.ofNullable(observed.before().refusedLogin()));
        if (refused.isPresent() && isTheSame(refused.get(), content.get())) {
            return stalled(observed, state, refused.get());
        }
        int run = last.map(WorkerRun::run).orElse(0) + 1;
        return switch (sequel) {
            case Sequel.Free free -> new AccountCourse.LoginDue(run, free.failures());
            case Sequel.Fault fault ->
                nobodyScanned(observed, fault)
                        ? later(
                                observed,
                                state,
                                run,
                                Reason.LoginTimedOut,
                                fault.until(),
                                fault.message() + " The next QR code follows by itself.",
                                0)
                        : new AccountCourse.LoginDue(run, 0);
            case Sequel.Rest rest -> later(observed, state, run, rest.reason(), rest.until(), rest.message(), 0);
            case Sequel.BackOff wait ->
                later(observed, state, run, Reason.WorkerBackOff, wait.until(), wait.message(), wait.failures());
        };
    }

    private static Optional<WorkerPod> pod(AccountObserved observed, WorkerRun run) {
        return Optional.ofNullable(observed.pods().get(run.name()));
    }

    /** A QR code costs nothing and needs nothing to be mended: the next one follows by itself. */
    private static boolean nobodyScanned(AccountObserved observed, Sequel.Fault fault) {
        return fault.reason() == Reason.LoginTimedOut
                && observed.account().getSpec().login().method() == Method.QrCode;
    }

    private static Optional<RefusedLogin> refused(AccountObserved observed, Optional<WorkerRun> last, Sequel sequel) {
        if (!(sequel instanceof Sequel.Fault fault) || nobodyScanned(observed, fault)) {
            return Optional.empty();
        }
        WorkerRun run = last.orElseThrow();
        return Optional.of(new RefusedLogin(
                run.content(),
                fault.reason().name(),
                fault.message(),
                Statuses.seconds(run.finished().orElse(run.created()))));
    }

    /** Telegram saw nothing of the installation's own Secret: that it was rotated makes no refusal another one. */
    private static boolean isTheSame(RefusedLogin refused, String content) {
        return OF_TELEGRAM.contains(reason(refused))
                ? AccountWorkerFactory.isSameOfAccount(refused.digest(), content)
                : refused.digest().equals(content);
    }

    private static Reason reason(RefusedLogin refused) {
        return Reason.of(refused.reason()).orElse(Reason.LoginRefused);
    }

    private AccountCourse stalled(AccountObserved observed, State state, RefusedLogin refused) {
        Reason reason = reason(refused);
        return new AccountCourse.LoginRefused(
                state,
                reason,
                RunFaults.closed(refused.message()) + remedy(observed.account(), reason),
                refused,
                observed.now().plus(settings.pace().recheck()));
    }

    /** What is mended elsewhere than in the cluster, or by nothing but a second try, has to be told: a note on the Secret does. */
    private static String remedy(TelegramAccount account, Reason reason) {
        if (!OF_TELEGRAM.contains(reason)) {
            return " A new login starts by itself as soon as the account, a Secret that it uses, or the installation's worker image is"
                    + " changed.";
        }
        boolean nothingToCorrect = reason == Reason.PhoneNotRegistered
                || reason == Reason.LoginTimedOut
                || account.getSpec().login().method() == Method.QrCode;
        return nothingToCorrect
                ? " " + another(account)
                : " Mend "
                        + ofOwn(account)
                                .map(name -> "the login Secret " + name + " or ")
                                .orElse("") + "spec.login; a new login starts by itself then.";
    }

    /** How a person starts one more login with what is there. */
    static String another(TelegramAccount account) {
        Optional<String> own = ofOwn(account);
        String what = own.isPresent()
                ? "the login Secret starts a new login"
                // A QR login needs no Secret of its own, and accounts share this one.
                : "the Secret of spec.apiCredentials starts a new login of each account that uses it and was refused";
        return "Any change of " + what + ", a note on it too: kubectl annotate secret "
                + own.orElseGet(
                        () -> account.getSpec().apiCredentials().secretRef().name())
                + " -n " + account.getMetadata().getNamespace() + " --overwrite again=\"$(date)\".";
    }

    private static Optional<String> ofOwn(TelegramAccount account) {
        return Optional.ofNullable(account.getSpec().login().secretRef()).map(SecretRef::name);
    }

    private static AccountCourse later(
            AccountObserved observed,
            State state,
            int run,
            Reason reason,
            Instant until,
            String message,
            int failures) {
        return until.isAfter(observed.now())
                ? new AccountCourse.Underway(state, reason, message, Optional.of(until))
                : new AccountCourse.LoginDue(run, failures);
    }
}
