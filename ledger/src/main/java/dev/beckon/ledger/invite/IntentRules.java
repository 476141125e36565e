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

    /** What the rules say. */
    sealed interface Verdict {
        record Refused(OpenResult why) implements Verdict {}

        /** @param counted whether the person counts for the chat's limit, not having done so within its window */
        record Allowed(PersonRow person, List<LookupKey> lookups, long telegramUserId, boolean counted)
                implements Verdict {}
    }

    static Verdict judge(Handle handle, PersonRow person, OpenRequest request, List<LookupKey> lookups, long now) {
        Optional<Breakers.Open> breaker = Breakers.pausing(handle, person.campaignId());
        if (breaker.isPresent()) {
            return new Verdict.Refused(new OpenResult.Paused(
                    breaker.get().breakerId(), breaker.get().reason()));
        }
        TelegramUserRow user = TelegramUserRow.lock(handle, person.accountId());
        Optional<OpenResult> refusal = account(handle, user, request, now);
        if (refusal.isPresent()) {
            return new Verdict.Refused(refusal.get());
        }
        boolean counted = !isCountedInChat(handle, person, request, now);
        refusal = chat(handle, request, counted, now);
        if (refusal.isPresent()) {
            return new Verdict.Refused(refusal.get());
        }
        refusal = human(handle, person, request, lookups, now);
        return refusal.<Verdict>map(Verdict.Refused::new)
                .orElseGet(() -> new Verdict.Allowed(
                        person, lookups, user.telegramUserId().orElseThrow(), counted));
    }

    private static Optional<OpenResult> account(Handle handle, TelegramUserRow user, OpenRequest request, long now) {
        if (user.state() != AccountState.Ready || user.telegramUserId().isEmpty()) {
            return Optional.of(new OpenResult.AccountNotReady(user.state()));
        }
        if (user.coolDownUntil().toEpochMilli() > now) {
            return waiting(OpenResult.WaitReason.FloodWait, user.coolDownUntil());
        }
        Usage.Taken room =
                Usage.room(handle, user.telegramUserId().get(), request.action().usage(), request.accountLimit(), now);
        return room instanceof Usage.Taken.Exhausted(Instant until)
                ? waiting(OpenResult.WaitReason.AccountLimit, until)
                : Optional.empty();
    }

    /** An invite and its message are one person. */
    private static boolean isCountedInChat(Handle handle, PersonRow person, OpenRequest request, long now) {
        return handle.createQuery("SELECT COUNT(*) FROM beckon_invite.intent WHERE campaign_id = :campaign"
                                + " AND ordinal = :ordinal AND chat_id = :chat AND counted AND opened_at > :since")
                        .bind("campaign", person.campaignId())
                        .bind("ordinal", person.ordinal())
                        .bind("chat", request.chatId())
                        .bind("since", now - Usage.WINDOW.toMillis())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private static Optional<OpenResult> chat(Handle handle, OpenRequest request, boolean counts, long now) {
        // Locks the chat's row, made when missing: accounts that share a chat count one after the other.
        handle.createUpdate("INSERT INTO beckon_invite.chat (chat_id) VALUES (:chat)"
                        + " ON DUPLICATE KEY UPDATE wait_until = wait_until")
                .bind("chat", request.chatId())
                .execute();
        record Room(long waitUntil, int people) {}
        long since = now - Usage.WINDOW.toMillis();
        Room room = handle.createQuery("SELECT c.wait_until, (SELECT COUNT(*) FROM beckon_invite.intent i"
                        + " WHERE i.chat_id = c.chat_id AND i.counted AND i.opened_at > :since) AS people"
                        + " FROM beckon_invite.chat c WHERE c.chat_id = :chat")
                .bind("since", since)
                .bind("chat", request.chatId())
                .map((row, context) -> new Room(row.getLong("wait_until"), row.getInt("people")))
                .one();
        if (room.waitUntil > now) {
            return waiting(OpenResult.WaitReason.SlowMode, Instant.ofEpochMilli(room.waitUntil));
        }
        if (!counts || room.people < request.chatLimit()) {
            return Optional.empty();
        }
        return waiting(OpenResult.WaitReason.ChatLimit, chatHasRoomAt(handle, request, since, now));
    }

    private static Instant chatHasRoomAt(Handle handle, OpenRequest request, long since, long now) {
        if (request.chatLimit() <= 0) {
            return Instant.ofEpochMilli(now).plus(Usage.WINDOW);
        }
        long leaving = handle.createQuery("SELECT opened_at FROM beckon_invite.intent WHERE chat_id = :chat AND counted"
                        + " AND opened_at > :since ORDER BY opened_at DESC LIMIT 1 OFFSET " + (request.chatLimit() - 1))
                .bind("chat", request.chatId())
                .bind("since", since)
                .mapTo(Long.class)
                .one();
        return Instant.ofEpochMilli(leaving).plus(Usage.WINDOW);
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
