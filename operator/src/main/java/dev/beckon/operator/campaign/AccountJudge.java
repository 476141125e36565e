package dev.beckon.operator.campaign;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountSpec.Method;
import dev.beckon.crd.TelegramAccountStatus;
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
            return blocked(account, Reason.AccountNotReady, "TelegramAccount " + name + " has not been looked at yet.");
        }
        return switch (status.state()) {
            case Ready -> Optional.empty();
            case CoolingDown -> coolingDown(account, status, now);
            case Suspended, LoginRequired, WaitingForQrScan, WaitingForCode, WaitingForPassword, LoggedOut ->
                blocked(
                        account,
                        Reason.AccountNotReady,
                        "TelegramAccount " + name + " is " + status.state() + ": see kubectl describe telegramaccount "
                                + name + ".");
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
