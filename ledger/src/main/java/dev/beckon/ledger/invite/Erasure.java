package dev.beckon.ledger.invite;

import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.SequenceLanes;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Erases people from their campaigns. What stays says nothing about anybody without the look-up keys: the outcomes, which no
 * service may change, and the keys that keep a human from being contacted twice.
 */
public final class Erasure {
    private final Database database;
    private final PersonVault vault;

    public Erasure(Database database, PersonVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** Why a person is erased; it stands in the log. */
    enum Why {
        /** Somebody asked for it. */
        Erased,
        /** The campaign's retention is over. */
        Expired
    }

    /** What became of one person in one campaign. */
    public enum Erased {
        Done,
        /** A call to Telegram is under way, or its answer is being looked for: to be tried again when it is settled. */
        InFlight
    }

    /**
     * Erases one person from one campaign, in one transaction; they are contacted no more there. A worker that holds them
     * finds its claim gone before it opens an intent. The caller puts them on the suppression list first.
     */
    public Erased erase(PersonRecords.Kept kept) {
        return end(
                kept.campaignId(),
                kept.ordinal(),
                Optional.of(vault.reference(kept.person().identities())),
                Why.Erased);
    }

    /** The same because the campaign's retention is over. */
    Erased expire(long campaignId, PersonRecords.Unfinished person) {
        return end(campaignId, person.ordinal(), person.reference(), Why.Expired);
    }

    private Erased end(long campaignId, long ordinal, Optional<LookupKey> reference, Why why) {
        return database.inTransaction("erase a person", handle -> {
            PersonRow person = PersonRow.lock(handle, campaignId, ordinal);
            if (person.state().equals("InFlight")) {
                return Erased.InFlight;
            }
            if (!person.state().equals("Done")) {
                close(handle, person, reference, why.name());
            }
            handle.createUpdate("UPDATE beckon_invite.person SET identity = ''"
                            + " WHERE campaign_id = :campaign AND ordinal = :ordinal")
                    .bind("campaign", campaignId)
                    .bind("ordinal", ordinal)
                    .execute();
            forgetNames(handle, campaignId, ordinal);
            SequenceLanes.raise(handle, SequenceLanes.COMMON);
            return Erased.Done;
        });
    }

    private void close(Handle handle, PersonRow person, Optional<LookupKey> reference, String why) {
        OutcomeStatus status =
                person.status().filter(s -> s != OutcomeStatus.Unknown).orElse(OutcomeStatus.Skipped);
        String reason = status == OutcomeStatus.Skipped ? why : person.reason();
        handle.createUpdate("UPDATE beckon_invite.person SET state = 'Done', status = :status, reason = :reason,"
                        + " claim_fence = 0, not_before = 0 WHERE campaign_id = :campaign AND ordinal = :ordinal")
                .bind("status", status.name())
                .bind("reason", reason)
                .bind("campaign", person.campaignId())
                .bind("ordinal", person.ordinal())
                .execute();
        Tally.move(handle, person.campaignId(), person.accountId(), person.cell(), Tally.Cell.done(status, reason));
        OutcomeLog.append(
                handle,
                new OutcomeLog.Entry(
                        database.now(),
                        person.campaignId(),
                        Optional.of(person.accountId()),
                        Optional.empty(),
                        person.ordinal(),
                        reference,
                        Optional.empty(),
                        "Erase",
                        OutcomeStatus.Skipped,
                        why,
                        Optional.empty()));
    }

    /** Found without a lock and deleted by key, so that an import of the same campaign never waits for the search. */
    private static void forgetNames(Handle handle, long campaignId, long ordinal) {
        List<LookupKey> names = handle.createQuery("SELECT lookup FROM beckon_invite.person_key"
                        + " WHERE campaign_id = :campaign AND ordinal = :ordinal ORDER BY lookup")
                .bind("campaign", campaignId)
                .bind("ordinal", ordinal)
                .map((row, context) -> new LookupKey(row.getBytes("lookup")))
                .list();
        if (!names.isEmpty()) {
            handle.createUpdate("DELETE FROM beckon_invite.person_key WHERE campaign_id = :campaign"
                            + " AND lookup IN (<lookups>)")
                    .bind("campaign", campaignId)
                    .bindList("lookups", names)
                    .execute();
        }
    }
}
