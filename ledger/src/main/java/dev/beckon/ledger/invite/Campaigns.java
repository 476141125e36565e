package dev.beckon.ledger.invite;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.accounts.Accounts;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Leases;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.SequenceLanes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/** The rows of campaigns, by the uid of their Kubernetes object. */
public final class Campaigns {
    /** The position of an account that belongs to the campaign no more. */
    public static final int LEFT = Integer.MAX_VALUE;

    private final Database database;
    private final Accounts accounts;
    private final Map<String, Long> ids = new ConcurrentHashMap<>();

    public Campaigns(Database database, Accounts accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    /**
     * Makes a campaign and its accounts known. Repeating it changes nothing; an account that is new joins with nobody to work
     * on, until an import or a person gives it some. One that is not named any more is given nobody new.
     *
     * @param accountUids in the order in which people are assigned to them
     */
    public void register(String uid, String namespace, String name, List<String> accountUids) {
        List<Long> accountIds = accountUids.stream().map(accounts::idOf).toList();
        database.useTransaction("register campaign", handle -> {
            if (find(handle, uid).isEmpty()) {
                handle.createUpdate(
                                "INSERT IGNORE INTO beckon_invite.campaign (campaign_uid, namespace, name, registered_at)"
                                        + " VALUES (:uid, :namespace, :name, :now)")
                        .bind("uid", uid)
                        .bind("namespace", namespace)
                        .bind("name", name)
                        .bind("now", database.now())
                        .execute();
            }
            long campaignId =
                    find(handle, uid).orElseThrow(() -> new LedgerException("a campaign could not be registered"));
            for (int position = 0; position < accountIds.size(); position++) {
                join(handle, campaignId, accountIds.get(position), position);
            }
            leave(handle, campaignId, accountIds);
        });
    }

    /** Who is among the campaign's accounts no more keeps its people, until a person hands them on, and gets no new ones. */
    private static void leave(Handle handle, long campaignId, List<Long> accountIds) {
        if (accountIds.isEmpty()) {
            return;
        }
        handle.createUpdate("UPDATE beckon_invite.campaign_account SET position = :left WHERE campaign_id = :campaign"
                        + " AND position <> :left AND account_id NOT IN (<accounts>)")
                .bind("left", LEFT)
                .bind("campaign", campaignId)
                .bindList("accounts", accountIds)
                .execute();
    }

    /**
     * How long the people of a campaign are kept after the last thing that happened in it; see {@link Retention}. Written only
     * when it changed.
     */
    public void keepFor(String uid, Duration retention) {
        long campaignId = idOf(uid);
        database.useTransaction(
                "record retention",
                handle -> handle.createUpdate("UPDATE beckon_invite.campaign SET keep_for_ms = :keep"
                                + " WHERE campaign_id = :campaign AND (keep_for_ms IS NULL OR keep_for_ms <> :keep)")
                        .bind("keep", retention.toMillis())
                        .bind("campaign", campaignId)
                        .execute());
    }

    static void join(Handle handle, long campaignId, long accountId, int position) {
        handle.createUpdate("INSERT INTO beckon_invite.campaign_account (campaign_id, account_id, position)"
                        + " VALUES (:campaign, :account, :position) ON DUPLICATE KEY UPDATE position = :position")
                .bind("campaign", campaignId)
                .bind("account", accountId)
                .bind("position", position)
                .execute();
    }

    /** An account behind all others of the campaign; one that has its place keeps it. */
    static void joinBehind(Handle handle, long campaignId, long accountId) {
        List<Long> joined = handle.createQuery(
                        "SELECT account_id FROM beckon_invite.campaign_account" + " WHERE campaign_id = :campaign")
                .bind("campaign", campaignId)
                .mapTo(Long.class)
                .list();
        if (!joined.contains(accountId)) {
            join(handle, campaignId, accountId, joined.size());
        }
    }

    /** @throws LedgerException when the campaign was never registered */
    public long idOf(String uid) {
        return ids.computeIfAbsent(
                uid,
                key -> database.read("find campaign", handle -> find(handle, key))
                        .orElseThrow(() ->
                                new LedgerException("The ledger knows no campaign " + uid + ": register it first.")));
    }

    private static Optional<Long> find(Handle handle, String uid) {
        return handle.createQuery("SELECT campaign_id FROM beckon_invite.campaign WHERE campaign_uid = :uid")
                .bind("uid", uid)
                .mapTo(Long.class)
                .findOne();
    }

    /**
     * Keeps the chat to which the campaign's target led first, for all its accounts and runs: a public name that changed hands leads
     * to strangers, and opt-outs are of a chat, not of a name.
     *
     * @param chatId where it leads now
     * @return the campaign's chat, another one where the target led elsewhere before; empty when the lease is lost
     */
    public Optional<Long> leadsTo(Lease lease, String uid, long chatId) {
        long campaignId = idOf(uid);
        return database.inTransaction("record chat", handle -> {
            if (!Leases.holds(handle, lease)) {
                return Optional.empty();
            }
            // Of two accounts that begin at once the second waits here for the first one's row.
            handle.createUpdate("UPDATE beckon_invite.campaign SET chat_id = :chat"
                            + " WHERE campaign_id = :campaign AND chat_id IS NULL")
                    .bind("chat", chatId)
                    .bind("campaign", campaignId)
                    .execute();
            return Optional.of(
                    handle.createQuery("SELECT chat_id FROM beckon_invite.campaign WHERE campaign_id = :campaign")
                            .bind("campaign", campaignId)
                            .mapTo(Long.class)
                            .one());
        });
    }

    /** Records that the account can work in the campaign's chat: it waits for no administrator. @return false when the lease is lost */
    public boolean entered(Lease lease, String uid) {
        long campaignId = idOf(uid);
        return database.inTransaction("record entry", handle -> {
            if (!Leases.holds(handle, lease)) {
                return false;
            }
            askedAt(handle, campaignId, lease, null);
            return true;
        });
    }

    /** Whether this account asked an administrator to let it into the chat, and was not seen in it since. */
    public boolean hasAskedToJoin(Lease lease, String uid) {
        long campaignId = idOf(uid);
        return database.read(
                "read wish to join",
                handle -> handle.createQuery(
                                        "SELECT COUNT(*) FROM beckon_invite.campaign_account"
                                                + " WHERE campaign_id = :campaign AND account_id = :account AND join_asked_at IS NOT NULL")
                                .bind("campaign", campaignId)
                                .bind("account", lease.accountId())
                                .mapTo(Integer.class)
                                .one()
                        > 0);
    }

    /** Remembers that an administrator was asked, so that no run asks again. @return false when the lease is lost */
    public boolean asksToJoin(Lease lease, String uid) {
        long campaignId = idOf(uid);
        return database.inTransaction("keep wish to join", handle -> {
            if (!Leases.holds(handle, lease)) {
                return false;
            }
            askedAt(handle, campaignId, lease, database.now());
            return true;
        });
    }

    private static void askedAt(Handle handle, long campaignId, Lease lease, Long at) {
        handle.createUpdate("UPDATE beckon_invite.campaign_account SET join_asked_at = :at"
                        + " WHERE campaign_id = :campaign AND account_id = :account")
                .bind("at", at)
                .bind("campaign", campaignId)
                .bind("account", lease.accountId())
                .execute();
    }

    /** The invite link that this account made for the campaign's chat, so that no run makes a second one. */
    public Optional<String> inviteLink(Lease lease, String uid) {
        long campaignId = idOf(uid);
        return database.read(
                "read invite link",
                handle -> handle.createQuery(
                                "SELECT invite_link FROM beckon_invite.campaign_account"
                                        + " WHERE campaign_id = :campaign AND account_id = :account AND invite_link IS NOT NULL")
                        .bind("campaign", campaignId)
                        .bind("account", lease.accountId())
                        .mapTo(String.class)
                        .findOne());
    }

    /** Keeps the link that was made. @return false when the lease is lost and nothing was written */
    public boolean linkMade(Lease lease, String uid, String link) {
        long campaignId = idOf(uid);
        return database.inTransaction("keep invite link", handle -> {
            if (!Leases.holds(handle, lease)) {
                return false;
            }
            handle.createUpdate("UPDATE beckon_invite.campaign_account SET invite_link = :link"
                            + " WHERE campaign_id = :campaign AND account_id = :account")
                    .bind("link", link)
                    .bind("campaign", campaignId)
                    .bind("account", lease.accountId())
                    .execute();
            return true;
        });
    }

    /**
     * Tells what an account waits for in a campaign, or that it waits for nothing.
     *
     * @param waitingFor a word in CamelCase, such as {@code FloodWait} or {@code Window}
     * @return false when the lease is lost and nothing was written
     */
    public boolean waits(Lease lease, String uid, Optional<Instant> nextActionAt, Optional<String> waitingFor) {
        long campaignId = idOf(uid);
        return database.inTransaction("record next action", handle -> {
            if (!Leases.holds(handle, lease)) {
                return false;
            }
            handle.createUpdate("UPDATE beckon_invite.campaign_account SET next_action_at = :next, waiting_for = :for"
                            + " WHERE campaign_id = :campaign AND account_id = :account")
                    .bind("next", nextActionAt.map(Instant::toEpochMilli).orElse(null))
                    .bind("for", waitingFor.orElse(null))
                    .bind("campaign", campaignId)
                    .bind("account", lease.accountId())
                    .execute();
            SequenceLanes.raise(handle, lease.accountId());
            return true;
        });
    }

    /** Records an error that concerns no single person. @return false when the lease is lost and nothing was written */
    public boolean fails(Lease lease, String uid, String reason, String message) {
        long campaignId = idOf(uid);
        return database.inTransaction("record campaign error", handle -> {
            if (!Leases.holds(handle, lease)) {
                return false;
            }
            lastError(handle, campaignId, lease.accountId(), reason, message, database.now());
            SequenceLanes.raise(handle, lease.accountId());
            return true;
        });
    }

    static void lastError(Handle handle, long campaignId, long accountId, String reason, String message, long now) {
        handle.createUpdate("UPDATE beckon_invite.campaign_account SET last_error_reason = :reason,"
                        + " last_error_message = :message, last_error_at = :now"
                        + " WHERE campaign_id = :campaign AND account_id = :account")
                .bind("reason", reason)
                .bind("message", dev.beckon.ledger.sql.Text.bounded(message, 512))
                .bind("now", now)
                .bind("campaign", campaignId)
                .bind("account", accountId)
                .execute();
    }
}
