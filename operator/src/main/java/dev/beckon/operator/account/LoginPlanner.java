package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccountSpec.Method;
import dev.beckon.crd.TelegramAccountStatus.RefusedLogin;
import dev.beckon.crd.TelegramAccountStatus.State;
import dev.beckon.operator.Settings;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.RunHistory;
import dev.beckon.operator.worker.RunHistory.Sequel;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides whether an account that has no session logs in now. What Telegram refused once is refused again, and each try
 * counts: it is remembered in the status, which outlives the Job, and tried again only when what it used has changed.
 */
final class LoginPlanner {
    private final RunHistory history;
    private final Settings settings;

    LoginPlanner(Settings settings) {
        this.history = new RunHistory(settings);
        this.settings = settings;
    }

    /** @param content digest of what a login would use now, its Secrets included */
    AccountCourse plan(AccountObserved observed, State state, Supplier<String> content) {
        Optional<WorkerRun> active = observed.activeLogin();
        if (active.isPresent()) {
            Optional<String> trouble = pod(observed, active.get()).flatMap(WorkerPod::trouble);
            return new AccountCourse.LoggingIn(state, active.get(), trouble);
        }
        Optional<WorkerRun> last = WorkerRun.latest(observed.logins());
        Sequel sequel = last.map(it -> history.after(it, pod(observed, it))).orElse(new Sequel.Free(0));
        Optional<RefusedLogin> refused = refused(observed, last, sequel)
                .or(() -> Optional.ofNullable(observed.before().refusedLogin()));
        if (refused.isPresent() && refused.get().digest().equals(content.get())) {
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
        Reason reason = fault.reason() == Reason.LoginTimedOut ? Reason.LoginTimedOut : Reason.LoginRefused;
        WorkerRun run = last.orElseThrow();
        return Optional.of(new RefusedLogin(
                run.content(),
                reason.name(),
                fault.message(),
                Statuses.seconds(run.finished().orElse(run.created()))));
    }

    private AccountCourse stalled(AccountObserved observed, State state, RefusedLogin refused) {
        return new AccountCourse.LoginRefused(
                state,
                Reason.of(refused.reason()).orElse(Reason.LoginRefused),
                refused.message() + " Mend the login Secret or spec.login; a new login starts by itself then.",
                refused,
                observed.now().plus(settings.pace().recheck()));
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
