package dev.beckon.ledger.invite;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.Accounts;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Leases;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.SequenceLanes;
import dev.beckon.ledger.sql.Text;
import java.security.SecureRandom;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What stops work until a person looked at it. An account's breaker (PEER_FLOOD) pauses every campaign that uses the
 * account; a campaign's pauses the campaign. Each has an id, and only its acknowledgement closes it.
 */
public final class Breakers {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "bcdfghjkmnpqrstvwxz23456789";
    private static final int ID_LENGTH = 8;

    /** The breaker that pauses {@code :campaign}. */
    static final String PAUSING = "SELECT breaker_id, reason, message FROM beckon_invite.breaker"
            + " WHERE campaign_id = :campaign AND acknowledged_at IS NULL"
            + " UNION ALL SELECT b.breaker_id, b.reason, b.message FROM beckon_invite.campaign_account ca"
            + " JOIN beckon_invite.breaker b ON b.account_id = ca.account_id AND b.acknowledged_at IS NULL"
            + " WHERE ca.campaign_id = :campaign LIMIT 1";

    private final Database database;
    private final Campaigns campaigns;

    public Breakers(Database database, Campaigns campaigns) {
        this.database = database;
        this.campaigns = campaigns;
    }

    /** An open breaker. */
    public record Open(String breakerId, String reason, String message) {}

    /** Marks the account Limited. @return false when the lease is lost and nothing was written */
    public boolean limitAccount(Lease lease, String reason, String message) {
        long now = database.now();
        return database.inTransaction("limit account", handle -> {
            if (!Leases.holds(handle, lease)) {
                return false;
            }
            limitAccount(handle, lease.accountId(), reason, message, now);
            SequenceLanes.raise(handle, lease.accountId());
            return true;
        });
    }

    /** Pauses the campaign. @return false when the lease is lost and nothing was written */
    public boolean tripCampaign(Lease lease, String campaignUid, String reason, String message) {
        long campaignId = campaigns.idOf(campaignUid);
        long now = database.now();
        return database.inTransaction("trip breaker", handle -> {
            if (!Leases.holds(handle, lease)) {
                return false;
            }
            tripCampaign(handle, campaignId, reason, message, now);
            SequenceLanes.raise(handle, lease.accountId());
            return true;
        });
    }

    static void limitAccount(Handle handle, long accountId, String reason, String message, long now) {
        if (openOf(handle, "account_id", accountId).isEmpty()) {
            insert(handle, "account_id", accountId, reason, message, now);
        }
        Accounts.writeState(handle, accountId, AccountState.Limited, reason, message, "TRUE", now);
    }

    static void tripCampaign(Handle handle, long campaignId, String reason, String message, long now) {
        if (openOf(handle, "campaign_id", campaignId).isEmpty()) {
            insert(handle, "campaign_id", campaignId, reason, message, now);
        }
    }

    private static void insert(Handle handle, String column, long id, String reason, String message, long now) {
        handle.createUpdate("INSERT INTO beckon_invite.breaker (breaker_id, " + column
                        + ", reason, message, tripped_at)" + " VALUES (:breaker, :id, :reason, :message, :now)")
                .bind("breaker", newId())
                .bind("id", id)
                .bind("reason", reason)
                .bind("message", Text.bounded(message, 512))
                .bind("now", now)
                .execute();
    }

    private static Optional<Open> openOf(Handle handle, String column, long id) {
        return handle.createQuery("SELECT breaker_id, reason, message FROM beckon_invite.breaker WHERE " + column
                        + " = :id AND acknowledged_at IS NULL LIMIT 1")
                .bind("id", id)
                .map((row, context) ->
                        new Open(row.getString("breaker_id"), row.getString("reason"), row.getString("message")))
                .findOne();
    }

    /**
     * What keeps an account from doing anything before a person looked at it: a limitation of the Telegram user behind it, by
     * whatever name it came.
     */
    public Optional<Open> limiting(Lease lease) {
        return database.read(
                "read breaker",
                handle -> handle.createQuery("SELECT b.breaker_id, b.reason, b.message FROM beckon_accounts.account own"
                                + " JOIN beckon_accounts.account other ON other.account_id = own.account_id"
                                + " OR other.telegram_user_id = own.telegram_user_id"
                                + " JOIN beckon_invite.breaker b ON b.account_id = other.account_id"
                                + " WHERE own.account_id = :account AND b.acknowledged_at IS NULL"
                                + " ORDER BY other.account_id <> own.account_id, b.breaker_id LIMIT 1")
                        .bind("account", lease.accountId())
                        .map((row, context) -> new Open(
                                row.getString("breaker_id"), row.getString("reason"), row.getString("message")))
                        .findOne());
    }

    /** The breaker that pauses a campaign: its own, or that of any of its accounts. */
    public Optional<Open> pausing(String campaignUid) {
        long campaignId = campaigns.idOf(campaignUid);
        return database.read("read breakers", handle -> pausing(handle, campaignId));
    }

    static Optional<Open> pausing(Handle handle, long campaignId) {
        return handle.createQuery(PAUSING)
                .bind("campaign", campaignId)
                .map((row, context) ->
                        new Open(row.getString("breaker_id"), row.getString("reason"), row.getString("message")))
                .findOne();
    }

    /**
     * A person looked at it. A limited account becomes ready again.
     *
     * @return false when there is no open breaker of this id: a second acknowledgement changes nothing
     */
    public boolean acknowledge(String breakerId) {
        long now = database.now();
        return database.inTransaction("acknowledge breaker", handle -> {
            int closed = handle.createUpdate("UPDATE beckon_invite.breaker SET acknowledged_at = :now"
                            + " WHERE breaker_id = :breaker AND acknowledged_at IS NULL")
                    .bind("now", now)
                    .bind("breaker", breakerId)
                    .execute();
            if (closed == 0) {
                return false;
            }
            handle.createQuery("SELECT account_id FROM beckon_invite.breaker WHERE breaker_id = :breaker"
                            + " AND account_id IS NOT NULL")
                    .bind("breaker", breakerId)
                    .mapTo(Long.class)
                    .findOne()
                    .ifPresent(account -> Accounts.writeState(
                            handle, account, AccountState.Ready, null, null, "state = 'Limited'", now));
            SequenceLanes.raise(handle, SequenceLanes.COMMON);
            return true;
        });
    }

    private static String newId() {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
