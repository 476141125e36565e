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
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The rules that no setting can switch off, asked within the transaction that opens the intent. First the rows that they are
 * about are locked, in one order by all (lease, person, account, chat, identities), then the facts are read, then it is decided:
 * so what is decided still holds when it is written.
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

    /** For whoever writes the intent: what it allows is allowed until the transaction ends. */
    static Verdict judge(Handle handle, PersonRow person, OpenRequest request, List<LookupKey> lookups, long now) {
        TelegramUserRow user = TelegramUserRow.lock(handle, person.accountId());
        lockChat(handle, request);
        lockIdentities(handle, lookups, now);
        return decide(handle, person, user, request, lookups, now);
    }

    /**
     * For whoever writes no intent yet: chat and identities are not locked, so what it allows must be judged once more. What it
     * forbids is forbidden.
     */
    static Verdict foresee(Handle handle, PersonRow person, OpenRequest request, List<LookupKey> lookups, long now) {
        TelegramUserRow user = TelegramUserRow.lock(handle, person.accountId());
        return decide(handle, person, user, request, lookups, now);
    }

    private static Verdict decide(
            Handle handle,
            PersonRow person,
            TelegramUserRow user,
            OpenRequest request,
            List<LookupKey> lookups,
            long now) {
        // No user has the id 0.
        long userId = user.telegramUserId().orElse(0L);
        RuleFacts facts = RuleFacts.read(handle, person, userId, request, lookups, now);
        return paused(facts)
                .or(() -> account(handle, user, request, facts, now))
                .or(() -> chat(handle, request, facts, now))
                .or(() -> human(person, facts, now))
                .or(() -> hours(request, facts, now))
                .<Verdict>map(Verdict.Refused::new)
                .orElseGet(() -> new Verdict.Allowed(person, lookups, userId, !facts.countedInChat()));
    }

    /** Accounts that share a chat count one after the other; its row is made when missing. */
    private static void lockChat(Handle handle, OpenRequest request) {
        handle.createUpdate("INSERT INTO beckon_invite.chat (chat_id) VALUES (:chat)"
                        + " ON DUPLICATE KEY UPDATE wait_until = wait_until")
                .bind("chat", request.chatId())
                .execute();
    }

    /** Two campaigns that met the same human at once decide one after the other, by whichever identity they share. */
    private static void lockIdentities(Handle handle, List<LookupKey> lookups, long now) {
        PreparedBatch gates = handle.prepareBatch(
                "INSERT INTO beckon_invite.identity_gate (lookup, touched_at) VALUES (:lookup, :now)"
                        + " ON DUPLICATE KEY UPDATE touched_at = VALUES(touched_at)");
        for (LookupKey lookup : lookups) {
            gates.bind("lookup", lookup).bind("now", now).add();
        }
        gates.execute();
    }

    private static Optional<OpenResult> paused(RuleFacts facts) {
        return facts.breaker().map(open -> new OpenResult.Paused(open.breakerId(), open.reason()));
    }

    private static Optional<OpenResult> account(
            Handle handle, TelegramUserRow user, OpenRequest request, RuleFacts facts, long now) {
        if (user.state() != AccountState.Ready || user.telegramUserId().isEmpty()) {
            return Optional.of(new OpenResult.AccountNotReady(user.state()));
        }
        if (user.coolDownUntil().toEpochMilli() > now) {
            return waiting(OpenResult.WaitReason.FloodWait, user.coolDownUntil());
        }
        Usage.Taken room = Usage.room(
                handle,
                user.telegramUserId().get(),
                request.action().usage(),
                request.accountLimit(),
                facts.accountUses(),
                now);
        return room instanceof Usage.Taken.Exhausted(Instant until)
                ? waiting(OpenResult.WaitReason.AccountLimit, until)
                : Optional.empty();
    }

    private static Optional<OpenResult> chat(Handle handle, OpenRequest request, RuleFacts facts, long now) {
        if (facts.chatWaitUntil().toEpochMilli() > now) {
            return waiting(OpenResult.WaitReason.SlowMode, facts.chatWaitUntil());
        }
        if (facts.countedInChat() || facts.chatPeople() < request.chatLimit()) {
            return Optional.empty();
        }
        return waiting(OpenResult.WaitReason.ChatLimit, chatHasRoomAt(handle, request, now));
    }

    private static Instant chatHasRoomAt(Handle handle, OpenRequest request, long now) {
        if (request.chatLimit() <= 0) {
            return Instant.ofEpochMilli(now).plus(Usage.WINDOW);
        }
        long leaving = handle.createQuery("SELECT opened_at FROM beckon_invite.intent WHERE chat_id = :chat AND counted"
                        + " AND opened_at > :since ORDER BY opened_at DESC LIMIT 1 OFFSET " + (request.chatLimit() - 1))
                .bind("chat", request.chatId())
                .bind("since", now - Usage.WINDOW.toMillis())
                .mapTo(Long.class)
                .one();
        return Instant.ofEpochMilli(leaving).plus(Usage.WINDOW);
    }

    private static Optional<OpenResult> human(PersonRow person, RuleFacts facts, long now) {
        if (!Consent.Basis.valueOf(person.consentBasis()).allowsContact()) {
            return skip(OpenResult.SkipReason.NoConsent);
        }
        if (Suppressions.covers(facts.suppressions())) {
            return skip(OpenResult.SkipReason.Suppressed);
        }
        if (facts.actedOn()) {
            return skip(OpenResult.SkipReason.AlreadyContacted);
        }
        return FrequencyCap.nextAllowed(facts.contacts(), Instant.ofEpochMilli(now))
                .map(until -> new OpenResult.Wait(OpenResult.WaitReason.FrequencyCap, until));
    }

    private static Optional<OpenResult> hours(OpenRequest request, RuleFacts facts, long now) {
        return request.opening()
                .filter(opening -> !PromptAnswer.isDue(facts.askedAt(), Instant.ofEpochMilli(now)))
                .flatMap(opening -> waiting(OpenResult.WaitReason.QuietHours, opening));
    }

    private static Optional<OpenResult> waiting(OpenResult.WaitReason reason, Instant until) {
        return Optional.of(new OpenResult.Wait(reason, until));
    }

    private static Optional<OpenResult> skip(OpenResult.SkipReason reason) {
        return Optional.of(new OpenResult.Skipped(reason));
    }
}
