package dev.beckon.ledger.invite;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.invite.IntentRules.Verdict.Allowed;
import dev.beckon.ledger.keys.FieldCipher;
import dev.beckon.ledger.keys.LookupKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The rows of intents, and those that go with one: the identities it takes for its act and the contact it counts as. */
final class IntentTable {
    private final IntentVault details;

    IntentTable(FieldCipher cipher) {
        this.details = new IntentVault(cipher);
    }

    /** Writes an open intent. */
    Intent insert(Handle handle, Lease lease, Claim claim, OpenRequest request, Allowed allowed, long now) {
        PersonRow person = allowed.person();
        IntentVault.Detail detail = new IntentVault.Detail(request.names(claim), request.messageText());
        long intentId = handle.createUpdate("INSERT INTO beckon_invite.intent (campaign_id, ordinal, account_id, fence,"
                        + " chat_id, action, state, opened_at, counted, detail) VALUES (:campaign, :ordinal, :account, :fence, :chat,"
                        + " :action, 'Open', :now, :counted, :detail)")
                .bind("campaign", person.campaignId())
                .bind("ordinal", person.ordinal())
                .bind("account", lease.accountId())
                .bind("fence", lease.fence())
                .bind("chat", request.chatId())
                .bind("action", request.action().name())
                .bind("now", now)
                .bind("counted", allowed.counted())
                .bind("detail", details.seal(detail, claim.campaignUid(), claim.ordinal(), request.action(), now))
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
        insertIdentities(handle, request, allowed, intentId, now);
        return new Intent(
                intentId,
                person.campaignId(),
                claim.campaignUid(),
                person.ordinal(),
                request.chatId(),
                request.action(),
                Instant.ofEpochMilli(now),
                detail.names(),
                request.messageText(),
                false);
    }

    private static void insertIdentities(Handle handle, OpenRequest request, Allowed allowed, long intentId, long now) {
        PreparedBatch identities = handle.prepareBatch("INSERT INTO beckon_invite.intent_identity"
                + " (chat_id, action, lookup, intent_id) VALUES (:chat, :action, :lookup, :intent)");
        PreparedBatch contacts = handle.prepareBatch("INSERT INTO beckon_invite.contact"
                + " (lookup, intent_id, campaign_id, ordinal, contacted_at)"
                + " VALUES (:lookup, :intent, :campaign, :ordinal, :now)");
        for (LookupKey lookup : allowed.lookups()) {
            identities
                    .bind("chat", request.chatId())
                    .bind("action", request.action().name())
                    .bind("lookup", lookup)
                    .bind("intent", intentId)
                    .add();
            contacts.bind("lookup", lookup)
                    .bind("intent", intentId)
                    .bind("campaign", allowed.person().campaignId())
                    .bind("ordinal", allowed.person().ordinal())
                    .bind("now", now)
                    .add();
        }
        identities.execute();
        contacts.execute();
    }

    /** @return false when it had been settled before, or is another account's */
    boolean settle(Handle handle, long accountId, Intent intent, Settlement settlement, long now) {
        return handle.createUpdate("UPDATE beckon_invite.intent SET state = 'Settled', settled_at = :now,"
                                + " status = :status, detail = NULL"
                                + " WHERE intent_id = :intent AND account_id = :account AND state = 'Open'")
                        .bind("now", now)
                        .bind("status", settlement.status().name())
                        .bind("intent", intent.intentId())
                        .bind("account", accountId)
                        .execute()
                > 0;
    }

    /**
     * An open one has the status of its refusal. It has one at most, so that one whose commit was not heard of is not told a second time.
     *
     * @return false when it had been refused or settled before, or is another account's
     */
    boolean refuse(Handle handle, Lease lease, Intent intent, Settlement refusal) {
        return handle.createUpdate(
                                "UPDATE beckon_invite.intent SET status = :status"
                                        + " WHERE intent_id = :intent AND account_id = :account AND state = 'Open' AND status IS NULL")
                        .bind("status", refusal.status().name())
                        .bind("intent", intent.intentId())
                        .bind("account", lease.accountId())
                        .execute()
                > 0;
    }

    /** The same may be done to the person again. */
    void freeIdentities(Handle handle, Intent intent) {
        delete(handle, "intent_identity", intent);
    }

    /** The person noticed nothing: for the frequency cap nobody contacted them. */
    void forgetContact(Handle handle, Intent intent) {
        delete(handle, "contact", intent);
    }

    private static void delete(Handle handle, String table, Intent intent) {
        handle.createUpdate("DELETE FROM beckon_invite." + table + " WHERE intent_id = :intent")
                .bind("intent", intent.intentId())
                .execute();
    }

    /** An account's open ones, oldest first; of every campaign. */
    List<Intent> openOf(Handle handle, Lease lease) {
        return handle.createQuery(
                        "SELECT i.intent_id, i.campaign_id, c.campaign_uid, i.ordinal, i.chat_id, i.action, i.opened_at,"
                                + " i.status, i.detail FROM beckon_invite.intent i"
                                + " JOIN beckon_invite.campaign c ON c.campaign_id = i.campaign_id"
                                + " WHERE i.account_id = :account AND i.state = 'Open' ORDER BY i.intent_id")
                .bind("account", lease.accountId())
                .map((row, context) -> read(row))
                .list();
    }

    /**
     * An open one whose person has another account by now.
     *
     * @param callerId of the account that made the call
     * @param sameUser whether the person's account is another name of the Telegram user who made it
     */
    record Stranded(Intent intent, long callerId, boolean sameUser) {}

    /** Open ones of other accounts whose people have this account by now, oldest first; of every campaign. */
    List<Stranded> strandedOf(Handle handle, Lease lease) {
        return handle.createQuery(
                        "SELECT i.intent_id, i.campaign_id, c.campaign_uid, i.ordinal, i.chat_id, i.action, i.opened_at,"
                                + " i.status, i.detail, i.account_id, caller.telegram_user_id = own.telegram_user_id AS same_user"
                                + " FROM beckon_invite.campaign_account share"
                                + " JOIN beckon_invite.person p ON p.campaign_id = share.campaign_id"
                                + " AND p.account_id = share.account_id AND p.state = 'InFlight'"
                                + " JOIN beckon_invite.campaign c ON c.campaign_id = p.campaign_id"
                                + " JOIN beckon_invite.intent i ON i.campaign_id = p.campaign_id AND i.ordinal = p.ordinal"
                                + " JOIN beckon_accounts.account caller ON caller.account_id = i.account_id"
                                + " JOIN beckon_accounts.account own ON own.account_id = p.account_id"
                                + " WHERE share.account_id = :account AND i.state = 'Open' AND i.account_id <> :account"
                                + " ORDER BY i.intent_id")
                .bind("account", lease.accountId())
                .map((row, context) -> new Stranded(read(row), row.getLong("account_id"), row.getBoolean("same_user")))
                .list();
    }

    /**
     * Makes a stranded one the holder's own.
     *
     * @return false when it was settled, or taken, before
     */
    boolean take(Handle handle, Lease lease, Stranded stranded) {
        return handle.createUpdate("UPDATE beckon_invite.intent SET account_id = :own, fence = :fence"
                                + " WHERE intent_id = :intent AND account_id = :caller AND state = 'Open'")
                        .bind("own", lease.accountId())
                        .bind("fence", lease.fence())
                        .bind("intent", stranded.intent().intentId())
                        .bind("caller", stranded.callerId())
                        .execute()
                > 0;
    }

    private Intent read(ResultSet row) throws SQLException {
        String campaignUid = row.getString("campaign_uid");
        long ordinal = row.getLong("ordinal");
        Action action = Action.valueOf(row.getString("action"));
        long openedAt = row.getLong("opened_at");
        IntentVault.Detail detail = details.open(row.getBytes("detail"), campaignUid, ordinal, action, openedAt);
        return new Intent(
                row.getLong("intent_id"),
                row.getLong("campaign_id"),
                campaignUid,
                ordinal,
                row.getLong("chat_id"),
                action,
                Instant.ofEpochMilli(openedAt),
                detail.names(),
                detail.messageText(),
                row.getString("status") != null);
    }
}
