package dev.beckon.demo.proof;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountSpec.Method;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.demo.proof.TruthDoor.Session;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.report.AccountReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the witnesses of a run say of accounts that log in by a QR code.
 *
 * @param accounts those accounts with their statuses, as Kubernetes has them
 * @param scans when Telegram took a phone's scan, by the account's name
 * @param reports what the ledger says of them, by uid
 * @param sessions those that Telegram takes, by the account's name
 */
public record LoginEvidence(
        List<TelegramAccount> accounts,
        Map<String, Instant> scans,
        Map<String, AccountReport> reports,
        Map<String, List<Session>> sessions) {

    /** Asks the ledger and Telegram about those of the accounts that log in so. */
    public static LoginEvidence gather(
            List<TelegramAccount> all, Map<String, Instant> scans, Ledger ledger, TruthDoor truth) {
        List<TelegramAccount> accounts =
                all.stream().filter(LoginEvidence::byQrCode).toList();
        return new LoginEvidence(
                accounts,
                Map.copyOf(scans),
                ledger.reports()
                        .accounts(accounts.stream()
                                .map(account -> account.getMetadata().getUid())
                                .toList()),
                accounts.stream()
                        .collect(Collectors.toMap(
                                account -> account.getMetadata().getName(),
                                account -> userId(account)
                                        .map(id -> living(truth, id))
                                        .orElse(List.of()))));
    }

    private static List<Session> living(TruthDoor truth, long userId) {
        return truth.sessions(userId).stream()
                .filter(session -> !session.ended())
                .toList();
    }

    private static Optional<Long> userId(TelegramAccount account) {
        return Optional.ofNullable(account.getStatus())
                .map(TelegramAccountStatus::user)
                .map(TelegramAccountStatus.User::id);
    }

    private static boolean byQrCode(TelegramAccount account) {
        return account.getSpec().login().method() == Method.QrCode;
    }

    /** Whether an account has nothing to wait for: it logs in otherwise, or is ready. */
    public static boolean isSettled(TelegramAccount account) {
        return !byQrCode(account)
                || Optional.ofNullable(account.getStatus())
                        .map(TelegramAccountStatus::state)
                        .filter(TelegramAccountStatus.State.Ready::equals)
                        .isPresent();
    }
}
