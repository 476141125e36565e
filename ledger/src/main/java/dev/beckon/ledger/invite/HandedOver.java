package dev.beckon.ledger.invite;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Leases;
import dev.beckon.ledger.invite.IntentTable.Stranded;
import dev.beckon.ledger.keys.FieldCipher;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.sql.Database;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * People who were handed to another account while a call to them was under way, see {@link HumanDecisions#reassign}. Their intents are
 * still those of the account that called, which is gone or can't ask Telegram; if it can once more, and is the first, it settles them as
 * any other.
 */
public final class HandedOver {
    private final Database database;
    private final IntentTable table;
    private final Settler settler;

    public HandedOver(Database database, PersonVault vault, FieldCipher cipher) {
        this.database = database;
        this.table = new IntentTable(cipher);
        this.settler = new Settler(vault);
    }

    /**
     * What came of looking for an account's.
     *
     * @param unknown of how many nobody can tell any more whether they were contacted
     * @param taken how many calls are the account's own now, to be settled by asking Telegram: the same Telegram user made them, under another
     *     name
     * @param held how many stay as they are, since somebody still has the account that called
     */
    public record Ended(int unknown, int taken, int held) {}

    private enum Fate {
        Unknown,
        Taken,
        Held,
        /** Settled, or handed on, since it was found. */
        Gone,
        LeaseLost
    }

    /**
     * Ends the wait of those who were handed to the account, of every campaign: one that has ended has no worker of its own. Each goes in a
     * transaction that has locked the lease of the account that called and found it free: whoever has it later finds nothing open, and a late
     * answer changes nothing. If the process ends in between, the next one goes on with who is left.
     *
     * @return empty when the lease is lost
     */
    public Optional<Ended> end(Lease lease) {
        long now = database.now();
        List<Stranded> found = database.read("find people handed over", handle -> table.strandedOf(handle, lease));
        Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
        for (Stranded each : found) {
            Fate fate = database.inTransaction("settle person handed over", handle -> end(handle, lease, each, now));
            if (fate == Fate.LeaseLost) {
                return Optional.empty();
            }
            fates.merge(fate, 1, Integer::sum);
        }
        return Optional.of(new Ended(
                fates.getOrDefault(Fate.Unknown, 0),
                fates.getOrDefault(Fate.Taken, 0),
                fates.getOrDefault(Fate.Held, 0)));
    }

    private Fate end(Handle handle, Lease lease, Stranded stranded, long now) {
        if (!Leases.holds(handle, lease)) {
            return Fate.LeaseLost;
        }
        if (!Leases.isFree(handle, stranded.callerId())) {
            return Fate.Held;
        }
        Intent intent = stranded.intent();
        PersonRow person = PersonRow.lock(handle, intent.campaignId(), intent.ordinal());
        if (person.accountId() != lease.accountId()) {
            return Fate.Gone;
        }
        if (stranded.sameUser()) {
            return table.take(handle, lease, stranded) ? Fate.Taken : Fate.Gone;
        }
        // No other Telegram user sees what the caller wrote.
        Settlement unknown = Settlement.unknown("OutcomeUnknown");
        if (!table.settle(handle, stranded.callerId(), intent, unknown, now)) {
            return Fate.Gone;
        }
        settler.settle(handle, stranded.callerId(), person, Settler.Attempt.of(intent), unknown, now);
        return Fate.Unknown;
    }
}
