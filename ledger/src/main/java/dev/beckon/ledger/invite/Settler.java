package dev.beckon.ledger.invite;

import dev.beckon.ledger.accounts.Accounts;
import dev.beckon.ledger.invite.Settlement.Effect;
import dev.beckon.ledger.invite.Settlement.Next;
import dev.beckon.ledger.people.Names;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.sql.SequenceLanes;
import dev.beckon.ledger.sql.Text;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Writes how an attempt ended, with or without an intent, within a transaction that holds the lease and the person's row. */
final class Settler {
    /** What the log calls an attempt that came to no act. */
    private static final String RESOLVE = "Resolve";

    private final PersonVault vault;

    Settler(PersonVault vault) {
        this.vault = vault;
    }

    /**
     * What was attempted.
     *
     * @param names on whom; empty when nobody can read who they are
     */
    record Attempt(Optional<Long> intentId, Optional<Long> chatId, String action, Optional<Names> names) {
        static Attempt without(Claim claim) {
            return new Attempt(
                    Optional.empty(),
                    Optional.empty(),
                    RESOLVE,
                    Optional.of(Names.of(claim.person().identities())));
        }

        /** Somebody whose row nobody can read. */
        static Attempt ofUnreadable() {
            return new Attempt(Optional.empty(), Optional.empty(), RESOLVE, Optional.empty());
        }

        static Attempt of(Intent intent) {
            return new Attempt(
                    Optional.of(intent.intentId()),
                    Optional.of(intent.chatId()),
                    intent.action().name(),
                    Optional.of(intent.names()));
        }
    }

    /** @param accountId of the account that made the attempt */
    void settle(Handle handle, long accountId, PersonRow person, Attempt attempt, Settlement settlement, long now) {
        Tally.Cell cell = movePerson(handle, person, attempt, settlement);
        Tally.move(handle, person.campaignId(), person.accountId(), person.cell(), cell);
        if (cell.state().equals("Done")) {
            Tally.pace(handle, person.campaignId(), person.accountId(), now);
        }
        note(handle, accountId, person, attempt, settlement, now);
    }

    /** What follows from an attempt's end and what the log says of it, whatever becomes of the person. */
    void note(Handle handle, long accountId, PersonRow person, Attempt attempt, Settlement settlement, long now) {
        for (Effect effect : settlement.effects()) {
            follow(handle, accountId, person, attempt, effect, now);
        }
        remember(handle, person, settlement, now);
        OutcomeLog.append(
                handle,
                new OutcomeLog.Entry(
                        now,
                        person.campaignId(),
                        Optional.of(accountId),
                        attempt.chatId(),
                        person.ordinal(),
                        attempt.names().map(names -> vault.reference(names.reference())),
                        attempt.intentId(),
                        attempt.action(),
                        settlement.status(),
                        settlement.reason(),
                        settlement.raw()));
        SequenceLanes.raise(handle, accountId);
    }

    private static Tally.Cell movePerson(Handle handle, PersonRow person, Attempt attempt, Settlement settlement) {
        OutcomeStatus reached = person.status().map(settlement.status()::after).orElse(settlement.status());
        String reason = reached == settlement.status() ? settlement.reason() : person.reason();
        return switch (settlement.next()) {
            case Next.Done() -> {
                write(handle, person, "Done", 0, 0, 0, null, reached.name(), reason);
                yield Tally.Cell.done(reached, reason);
            }
            case Next.Again(Instant notBefore, boolean counts) -> {
                String due = attempt.intentId().isPresent() ? attempt.action() : null;
                write(
                        handle,
                        person,
                        "Pending",
                        notBefore.toEpochMilli(),
                        0,
                        counts ? 1 : 0,
                        due,
                        earlier(person),
                        person.reason());
                yield Tally.Cell.PENDING;
            }
            case Next.Then(Action action) -> {
                // Still claimed: the same process goes on. If it dies here its successor claims the person with this
                // action due.
                write(handle, person, "Pending", 0, person.claimFence(), 0, action.name(), reached.name(), reason);
                yield Tally.Cell.PENDING;
            }
            case Next.Unknown() -> {
                write(
                        handle,
                        person,
                        "Unknown",
                        0,
                        0,
                        0,
                        attempt.action(),
                        OutcomeStatus.Unknown.name(),
                        settlement.reason());
                yield Tally.Cell.unknown(settlement.reason());
            }
        };
    }

    private static String earlier(PersonRow person) {
        return person.status().map(Enum::name).orElse("");
    }

    private static void write(
            Handle handle,
            PersonRow person,
            String state,
            long notBefore,
            long claimFence,
            int attempts,
            String nextAction,
            String status,
            String reason) {
        handle.createUpdate("UPDATE beckon_invite.person SET state = :state, not_before = :notBefore,"
                        + " claim_fence = :fence, attempts = attempts + :attempts,"
                        + " next_action = COALESCE(:nextAction, next_action), status = :status, reason = :reason"
                        + " WHERE campaign_id = :campaign AND ordinal = :ordinal")
                .bind("state", state)
                .bind("notBefore", notBefore)
                .bind("fence", claimFence)
                .bind("attempts", attempts)
                .bind("nextAction", nextAction)
                .bind("status", status)
                .bind("reason", reason)
                .bind("campaign", person.campaignId())
                .bind("ordinal", person.ordinal())
                .execute();
    }

    private void follow(Handle handle, long accountId, PersonRow person, Attempt attempt, Effect effect, long now) {
        switch (effect) {
            case Effect.Suppress(Suppressions.Scope scope, String reason) -> {
                long chat = scope == Suppressions.Scope.Everywhere
                        ? Suppressions.EVERYWHERE
                        : attempt.chatId()
                                .orElseThrow(() -> new IllegalArgumentException("suppressed for which chat?"));
                Suppressions.insert(handle, vault.lookups(attempt.names().orElseThrow()), chat, reason, now);
            }
            case Effect.CoolDown(Instant until) -> Accounts.coolDown(handle, accountId, until);
            case Effect.ChatWait(Instant until) ->
                handle.createUpdate("UPDATE beckon_invite.chat SET wait_until = GREATEST(wait_until, :until)"
                                + " WHERE chat_id = :chat")
                        .bind("until", until.toEpochMilli())
                        .bind("chat", attempt.chatId().orElseThrow())
                        .execute();
            case Effect.LimitAccount(String reason, String message) ->
                Breakers.limitAccount(handle, accountId, reason, message, now);
            case Effect.AccountBecomes become ->
                Accounts.writeState(handle, accountId, become.state(), become.reason(), become.message(), "TRUE", now);
            case Effect.TripCampaign(String reason, String message) ->
                Breakers.tripCampaign(handle, person.campaignId(), reason, message, now);
        }
    }

    private static void remember(Handle handle, PersonRow person, Settlement settlement, long now) {
        handle.createUpdate("UPDATE beckon_invite.campaign_account SET"
                        + " first_action_at = COALESCE(first_action_at, :now),"
                        + " last_invite_at = CASE WHEN :reached THEN :now ELSE last_invite_at END"
                        + " WHERE campaign_id = :campaign AND account_id = :account")
                .bind("now", now)
                .bind(
                        "reached",
                        settlement.status() == OutcomeStatus.Invited || settlement.status() == OutcomeStatus.LinkSent)
                .bind("campaign", person.campaignId())
                .bind("account", person.accountId())
                .execute();
        if (settlement.status() == OutcomeStatus.Failed || settlement.status() == OutcomeStatus.Deferred) {
            String message =
                    settlement.raw().map(text -> Text.bounded(text, 512)).orElse(settlement.reason());
            Campaigns.lastError(handle, person.campaignId(), person.accountId(), settlement.reason(), message, now);
        }
    }
}
