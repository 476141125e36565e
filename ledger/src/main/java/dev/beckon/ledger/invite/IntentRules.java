package dev.beckon.ledger.invite;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.TelegramUserRow;
import dev.beckon.ledger.accounts.Usage;
import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.people.Consent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The rules that no setting can switch off, asked within the transaction that opens the intent. Rows are locked in one order
 * by all (lease, person, account, chat, identities), so that what is decided still holds when it is written.
 */
final class IntentRules {
    private IntentRules() {}

    /** What forbids the intent, if anything. */
    static Optional<OpenResult> refusal(
            Handle handle, PersonRow person, OpenRequest request, List<LookupKey> lookups, long now) {
        Optional<OpenResult> refusal = accountAndChat(handle, person, request, now);
        return refusal.isPresent() ? refusal : human(handle, person, request, lookups, now);
    }

    private static Optional<OpenResult> accountAndChat(Handle handle, PersonRow person, OpenRequest request, long now) {
        Optional<Breakers.Open> breaker = Breakers.pausing(handle, person.campaignId());
        if (breaker.isPresent()) {
            return Optional.of(new OpenResult.Paused(
                    breaker.get().breakerId(), breaker.get().reason()));
        }
        TelegramUserRow user = TelegramUserRow.lock(handle, person.accountId());
        if (user.state() != AccountState.Ready || user.telegramUserId().isEmpty()) {
            return Optional.of(new OpenResult.AccountNotReady(user.state()));
        }
        if (user.coolDownUntil().toEpochMilli() > now) {
            return waiting(OpenResult.WaitReason.FloodWait, user.coolDownUntil());
        }
        Usage.Taken room =
                Usage.room(handle, user.telegramUserId().get(), request.action().usage(), request.accountLimit(), now);
        if (room instanceof Usage.Taken.Exhausted(Instant until)) {
            return waiting(OpenResult.WaitReason.AccountLimit, until);
        }
        return chat(handle, person, request, now);
    }

    private static Optional<OpenResult> chat(Handle handle, PersonRow person, OpenRequest request, long now) {
        // Locks the chat's row, made when missing: accounts that share a chat count one after the other.
        handle.createUpdate("INSERT INTO beckon_invite.chat (chat_id) VALUES (:chat)"
                        + " ON DUPLICATE KEY UPDATE wait_until = wait_until")
                .bind("chat", request.chatId())
                .execute();
        long waitUntil = handle.createQuery(
                        "SELECT wait_until FROM beckon_invite.chat WHERE chat_id = :chat FOR UPDATE")
                .bind("chat", request.chatId())
                .mapTo(Long.class)
                .one();
        if (waitUntil > now) {
            return waiting(OpenResult.WaitReason.SlowMode, Instant.ofEpochMilli(waitUntil));
        }
        if (request.chatLimit() <= 0) {
            return waiting(
                    OpenResult.WaitReason.ChatLimit, Instant.ofEpochMilli(now).plus(Usage.WINDOW));
        }
        // Another action on the same person is no further person. The limit-th newest must leave before there is room.
        List<Long> people = handle.createQuery("SELECT MIN(opened_at) AS first_at FROM beckon_invite.intent"
                        + " WHERE chat_id = :chat AND opened_at > :since"
                        + " AND NOT (campaign_id = :campaign AND ordinal = :ordinal)"
                        + " GROUP BY campaign_id, ordinal ORDER BY first_at DESC LIMIT " + request.chatLimit())
                .bind("chat", request.chatId())
                .bind("since", now - Usage.WINDOW.toMillis())
                .bind("campaign", person.campaignId())
                .bind("ordinal", person.ordinal())
                .mapTo(Long.class)
                .list();
        return people.size() < request.chatLimit()
                ? Optional.empty()
                : waiting(
                        OpenResult.WaitReason.ChatLimit,
                        Instant.ofEpochMilli(people.getLast()).plus(Usage.WINDOW));
    }

    private static Optional<OpenResult> human(
            Handle handle, PersonRow person, OpenRequest request, List<LookupKey> lookups, long now) {
        if (!Consent.Basis.valueOf(person.consentBasis()).allowsContact()) {
            return skip(OpenResult.SkipReason.NoConsent);
        }
        lockIdentities(handle, lookups, now);
        if (Suppressions.covers(handle, lookups, request.chatId())) {
            return skip(OpenResult.SkipReason.Suppressed);
        }
        if (wasActedOn(handle, request, lookups)) {
            return skip(OpenResult.SkipReason.AlreadyContacted);
        }
        return FrequencyCap.nextAllowed(contacts(handle, person, lookups, now), Instant.ofEpochMilli(now))
                .map(until -> new OpenResult.Wait(OpenResult.WaitReason.FrequencyCap, until));
    }

    /** Two campaigns that met the same human at once decide one after the other, by whichever identity they share. */
    private static void lockIdentities(Handle handle, List<LookupKey> lookups, long now) {
        for (LookupKey lookup : lookups) {
            handle.createUpdate("INSERT INTO beckon_invite.identity_gate (lookup, touched_at) VALUES (:lookup, :now)"
                            + " ON DUPLICATE KEY UPDATE touched_at = :now")
                    .bind("lookup", lookup)
                    .bind("now", now)
                    .execute();
        }
    }

    private static boolean wasActedOn(Handle handle, OpenRequest request, List<LookupKey> lookups) {
        return handle.createQuery("SELECT COUNT(*) FROM beckon_invite.intent_identity"
                                + " WHERE chat_id = :chat AND action = :action AND lookup IN (<lookups>)")
                        .bind("chat", request.chatId())
                        .bind("action", request.action().name())
                        .bindList("lookups", lookups)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Earlier contacts with this human, one per person of a campaign: an invite and its message are one contact. */
    private static List<Instant> contacts(Handle handle, PersonRow person, List<LookupKey> lookups, long now) {
        return handle.createQuery(
                        "SELECT MAX(contacted_at) AS at FROM beckon_invite.contact WHERE lookup IN (<lookups>)"
                                + " AND contacted_at > :since AND NOT (campaign_id = :campaign AND ordinal = :ordinal)"
                                + " GROUP BY campaign_id, ordinal")
                .bindList("lookups", lookups)
                .bind("since", now - FrequencyCap.LONG.toMillis())
                .bind("campaign", person.campaignId())
                .bind("ordinal", person.ordinal())
                .mapTo(Long.class)
                .map(Instant::ofEpochMilli)
                .list();
    }

    private static Optional<OpenResult> waiting(OpenResult.WaitReason reason, Instant until) {
        return Optional.of(new OpenResult.Wait(reason, until));
    }

    private static Optional<OpenResult> skip(OpenResult.SkipReason reason) {
        return Optional.of(new OpenResult.Skipped(reason));
    }
}
