package dev.beckon.ledger.report;

import dev.beckon.ledger.accounts.AccountState;
import java.time.Instant;
import java.util.Optional;

/**
 * An account at one moment.
 *
 * @param state {@code CoolingDown} while a flood wait lasts
 * @param invites within the last 24 hours, by Telegram user id; likewise the others
 * @param sessionSavedAt when a worker that had worked with the session gave it back last; it lived then
 * @param sequence the ledger's number as of this report
 */
public record AccountReport(
        String accountUid,
        AccountState state,
        Optional<String> stateReason,
        Optional<String> stateMessage,
        Optional<Instant> coolDownUntil,
        Optional<TelegramUser> user,
        Optional<QrCode> qr,
        int invites,
        int messages,
        int joins,
        int lookups,
        Optional<LeaseHolder> lease,
        Optional<CampaignReport.BreakerReport> breaker,
        boolean hasSession,
        Optional<Instant> sessionSavedAt,
        long sequence) {

    /** The team's own account; the phone masked. */
    public record TelegramUser(long id, Optional<String> username, String displayName, Optional<String> phoneMasked) {
        @Override
        public String toString() {
            return "TelegramUser[id=" + id + "]";
        }
    }

    /**
     * What a person scans to log in.
     *
     * @param link lets in whoever has it: for the status only, never for a log
     * @param expiresAt when Telegram takes it no more; a new one comes before
     */
    public record QrCode(String link, Instant expiresAt) {
        @Override
        public String toString() {
            return "QrCode[expiresAt=" + expiresAt + "]";
        }
    }

    /**
     * Who works with the account.
     *
     * @param holder the pod's name and uid, a slash between them
     * @param expiresAt when the lease ends unless it is renewed
     */
    public record LeaseHolder(String holder, Instant since, Instant expiresAt) {}
}
