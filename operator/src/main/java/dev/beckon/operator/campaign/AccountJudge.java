package dev.beckon.operator.campaign;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountSpec.Method;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import java.time.Instant;
import java.util.Optional;

/** Whether a campaign may use an account, by the account's own status. Pure. */
final class AccountJudge {
    private AccountJudge() {}

    /** How the account stands by itself, whatever the campaign; empty when it may be used. */
    static Optional<Standing> hindrance(TelegramAccount account, Instant now) {
        String name = account.getMetadata().getName();
        if (account.isMarkedForDeletion()) {
            return blocked(account, Reason.AccountUnknown, "TelegramAccount " + name + " is being deleted.");
        }
        if (account.getSpec().suspend()) {
            return blocked(
                    account, Reason.AccountNotReady, "TelegramAccount " + name + " is suspended (spec.suspend).");
        }
        TelegramAccountStatus status = account.getStatus();
        if (isBot(account, status)) {
            return blocked(
                    account,
                    Reason.AccountIsBot,
                    "TelegramAccount " + name
                            + " is a bot, and a bot can neither add people nor write first: use a user account.");
        }
        if (status == null || status.state() == null) {
            return awaiting(account, "has not been looked at yet.");
        }
        return switch (status.state()) {
            case Ready -> Optional.empty();
            case CoolingDown -> coolingDown(account, status, now);
            case LoginRequired, WaitingForQrScan, WaitingForCode, WaitingForPassword -> loggingIn(account, status);
            case Suspended, LoggedOut ->
                blocked(
                        account,
                        Reason.AccountNotReady,
                        "TelegramAccount " + name + " is " + status.state() + ": " + describe(account));
            case Banned -> blocked(account, Reason.AccountNotReady, "TelegramAccount " + name + " is banned.");
            case Limited ->
                blocked(
                        account,
                        Reason.AccountLimited,
                        "Telegram limited TelegramAccount " + name + ": a person must look at it and acknowledge.");
        };
    }

    /** Told before a login was tried: a bot's token is all that a bot can log in with. */
    private static boolean isBot(TelegramAccount account, TelegramAccountStatus status) {
        return account.getSpec().login().method() == Method.BotToken
                || (status != null
                        && status.user() != null
                        && Boolean.TRUE.equals(status.user().bot()));
    }

    /** A login goes on by itself, or as soon as somebody scans or types; one that can't is the account's own Stalled. */
    private static Optional<Standing> loggingIn(TelegramAccount account, TelegramAccountStatus status) {
        if (isStalled(status)) {
            return blocked(
                    account,
                    Reason.AccountNotReady,
                    "TelegramAccount " + account.getMetadata().getName() + " can't log in: " + describe(account));
        }
        return awaiting(
                account,
                switch (status.state()) {
                    case WaitingForQrScan -> "waits for its QR code to be scanned: " + describe(account);
                    case WaitingForCode -> "waits for the code that Telegram has sent: " + describe(account);
                    case WaitingForPassword -> "waits for its second password: " + describe(account);
                    default -> "is logging in.";
                });
    }

    /** Whether the account itself says that a person must act before its login goes on. */
    static boolean isStalled(TelegramAccountStatus status) {
        return status.conditions().stream()
                .anyMatch(it -> ConditionType.Stalled.name().equals(it.getType()) && "True".equals(it.getStatus()));
    }

    private static String describe(TelegramAccount account) {
        return "see kubectl describe telegramaccount " + account.getMetadata().getName() + ".";
    }

    private static Optional<Standing> awaiting(TelegramAccount account, String what) {
        return Optional.of(new Standing.Awaiting(
                account,
                Reason.AccountNotReady,
                "TelegramAccount " + account.getMetadata().getName() + " " + what
                        + " The campaign goes on by itself when it is Ready."));
    }

    private static Optional<Standing> coolingDown(TelegramAccount account, TelegramAccountStatus status, Instant now) {
        Instant until = status.coolDownUntil();
        return until == null || !until.isAfter(now)
                ? Optional.empty()
                : Optional.of(new Standing.Until(
                        account,
                        until,
                        Reason.FloodWait,
                        "Telegram told TelegramAccount " + account.getMetadata().getName() + " to wait."));
    }

    private static Optional<Standing> blocked(TelegramAccount account, Reason reason, String message) {
        return Optional.of(new Standing.Blocked(account, reason, message, Optional.empty()));
    }
}
