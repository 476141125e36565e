package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountSpec.Method;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether work may use an account, by the account's own status. Pure. */
public final class AccountJudge {
    private AccountJudge() {}

    /** What keeps work from using the account now. */
    public sealed interface Hindrance {
        /** Over by itself at a time. */
        record Until(Instant at, Reason reason, String message) implements Hindrance {}

        /** The account is on its way to be usable: its own change tells. */
        record Awaiting(Reason reason, String message) implements Hindrance {}

        /** A person must do something first. */
        record Blocked(Reason reason, String message) implements Hindrance {}
    }

    /** Whether a run that has begun with the account is to end: it is suspended, or on its way out and its session with it. */
    public static boolean mustRest(TelegramAccount account) {
        return account.getSpec().suspend() || account.isMarkedForDeletion();
    }

    /**
     * Whether a run that has begun is to end since its account is no more. One of the same name that was made since is another, with a
     * session of its own.
     *
     * @param accounts all of the run's namespace
     */
    public static boolean isGone(String accountUid, List<TelegramAccount> accounts) {
        return accounts.stream()
                .noneMatch(it -> accountUid.equals(it.getMetadata().getUid()));
    }

    /**
     * Whether the account can't ask Telegram anything, and does not come to by itself: Telegram limited it, or its session is lost. One that is
     * suspended can as soon as a person takes that back.
     */
    public static boolean isOutOfWork(TelegramAccount account) {
        return account.isMarkedForDeletion()
                || Optional.ofNullable(account.getStatus())
                        .filter(status -> status.state() != null && isOutOfWork(status))
                        .isPresent();
    }

    private static boolean isOutOfWork(TelegramAccountStatus status) {
        return switch (status.state()) {
            case Limited, Banned, LoggedOut -> true;
            case LoginRequired, WaitingForQrScan, WaitingForCode, WaitingForPassword -> SessionLoss.isSeenIn(status);
            case Ready, CoolingDown, Suspended -> false;
        };
    }

    /** How the account stands by itself, for work of that kind; empty when it may be used. */
    public static Optional<Hindrance> hindrance(TelegramAccount account, Owner.Kind work, Instant now) {
        String name = account.getMetadata().getName();
        if (account.isMarkedForDeletion()) {
            return blocked(
                    Reason.AccountUnknown,
                    "TelegramAccount " + name
                            + " is being deleted: apply it again when it is gone, or name another account.");
        }
        if (account.getSpec().suspend()) {
            return blocked(Reason.AccountNotReady, "TelegramAccount " + name + " is suspended (spec.suspend).");
        }
        TelegramAccountStatus status = account.getStatus();
        Optional<String> cannot = botCannot(work).filter(it -> isBot(account, status));
        if (cannot.isPresent()) {
            return blocked(
                    Reason.AccountIsBot,
                    "TelegramAccount " + name + " is a bot, and a bot " + cannot.get() + ": use a user account.");
        }
        if (status == null || status.state() == null) {
            return awaiting(account, work, "has not been looked at yet.");
        }
        return switch (status.state()) {
            case Ready -> Optional.empty();
            case CoolingDown -> coolingDown(account, status, now);
            case LoginRequired, WaitingForQrScan, WaitingForCode, WaitingForPassword ->
                loggingIn(account, work, status);
            case Suspended, LoggedOut ->
                blocked(
                        Reason.AccountNotReady,
                        "TelegramAccount " + name + " is " + status.state() + SessionLoss.words(status) + ": "
                                + describe(account));
            case Banned ->
                blocked(
                        Reason.AccountNotReady,
                        "TelegramAccount " + name + " is banned" + SessionLoss.words(status) + ": "
                                + describe(account));
            case Limited ->
                blocked(
                        Reason.AccountLimited,
                        "Telegram limited TelegramAccount " + name + ": a person must look at it and acknowledge.");
        };
    }

    /** What makes a bot useless for the work. */
    private static Optional<String> botCannot(Owner.Kind work) {
        return switch (work) {
            case CAMPAIGN -> Optional.of("can neither add people nor write first");
            case PARSER -> Optional.of("sees neither a member list nor a history");
            case AUTOPOST -> Optional.empty();
        };
    }

    /** Told before a login was tried: a bot's token is all that a bot can log in with. */
    private static boolean isBot(TelegramAccount account, TelegramAccountStatus status) {
        return account.getSpec().login().method() == Method.BotToken
                || (status != null
                        && status.user() != null
                        && Boolean.TRUE.equals(status.user().bot()));
    }

    /** A login goes on by itself until it waits for a person, who scans or types, or mends what can't go on. */
    private static Optional<Hindrance> loggingIn(
            TelegramAccount account, Owner.Kind work, TelegramAccountStatus status) {
        Optional<String> asks = switch (status.state()) {
            case WaitingForQrScan -> Optional.of("waits for its QR code to be scanned: ");
            case WaitingForCode -> Optional.of("waits for the code that Telegram has sent: ");
            case WaitingForPassword -> Optional.of("waits for its second password: ");
            default -> isStalled(status) ? Optional.of("can't log in: ") : Optional.empty();
        };
        if (asks.isEmpty() && !SessionLoss.isSeenIn(status)) {
            return awaiting(account, work, "is logging in.");
        }
        String lost = SessionLoss.isSeenIn(status) ? "has lost its session" + SessionLoss.words(status) + " and " : "";
        return blocked(
                Reason.AccountNotReady,
                "TelegramAccount " + account.getMetadata().getName() + " " + lost
                        + asks.map(it -> it + describe(account)).orElse("is logging in.") + " The " + work.words()
                        + " goes on by itself when it is Ready.");
    }

    /** Whether the account itself says that a person must act before its login goes on. */
    public static boolean isStalled(TelegramAccountStatus status) {
        return ConditionType.Stalled.isTrueIn(status.conditions());
    }

    private static String describe(TelegramAccount account) {
        return "see kubectl describe telegramaccount " + account.getMetadata().getName() + ".";
    }

    private static Optional<Hindrance> awaiting(TelegramAccount account, Owner.Kind work, String what) {
        return Optional.of(new Hindrance.Awaiting(
                Reason.AccountNotReady,
                "TelegramAccount " + account.getMetadata().getName() + " " + what + " The " + work.words()
                        + " goes on by itself when it is Ready."));
    }

    private static Optional<Hindrance> coolingDown(TelegramAccount account, TelegramAccountStatus status, Instant now) {
        Instant until = status.coolDownUntil();
        return until == null || !until.isAfter(now)
                ? Optional.empty()
                : Optional.of(new Hindrance.Until(
                        until,
                        Reason.FloodWait,
                        "Telegram told TelegramAccount " + account.getMetadata().getName() + " to wait."));
    }

    private static Optional<Hindrance> blocked(Reason reason, String message) {
        return Optional.of(new Hindrance.Blocked(reason, message));
    }

    /** Whether the change is news to what works with the account. What an account did today changes often, and is no news to whoever works with it. */
    public static boolean concernsWork(TelegramAccount now, TelegramAccount before) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !Objects.equals(
                        now.getMetadata().getLabels(), before.getMetadata().getLabels())
                || now.isMarkedForDeletion() != before.isMarkedForDeletion()
                || now.getStatus() == null
                || before.getStatus() == null
                || now.getStatus().state() != before.getStatus().state()
                || !Objects.equals(
                        now.getStatus().coolDownUntil(), before.getStatus().coolDownUntil())
                || isStalled(now.getStatus()) != isStalled(before.getStatus())
                || !Objects.equals(now.getStatus().breaker(), before.getStatus().breaker());
    }
}
