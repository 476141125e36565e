package dev.beckon.ledger.invite;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Leases;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Person;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.people.PersonVault.Opened;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.Instants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Hands out the people of a campaign to the account they are assigned to, one by one. */
public final class Claims {
    /** Nobody is due before they came: the index finds them by that. */
    private static final String ARRIVED = " AND not_before >= :since AND asked_at >= :since";

    /** When somebody whose row can't be read is looked at again: long enough for a million of them to be passed over. */
    static final Duration UNREADABLE_FOR = Duration.ofHours(1);

    private final Database database;
    private final Campaigns campaigns;
    private final PersonVault vault;
    private final Settler settler;

    public Claims(Database database, Campaigns campaigns, PersonVault vault) {
        this.database = database;
        this.campaigns = campaigns;
        this.vault = vault;
        this.settler = new Settler(vault);
    }

    /**
     * Claims the next person who is due. A claim is marked with the lease's fence, so that those of a dead process are void
     * the moment its successor holds the lease: nothing needs to be cleaned up.
     *
     * <p>One whose row can't be read is no claim, and holds nobody up: ask again.
     */
    public ClaimResult next(Lease lease, String campaignUid) {
        long campaignId = campaigns.idOf(campaignUid);
        long now = database.now();
        return database.inTransaction(
                "claim next person", handle -> next(handle, lease, campaignId, campaignUid, Optional.empty(), now));
    }

    /**
     * The same within a transaction.
     *
     * @param askedSince only who came by webhook then or later; whether anybody else is left is answered all the same
     */
    ClaimResult next(
            Handle handle, Lease lease, long campaignId, String campaignUid, Optional<Instant> askedSince, long now) {
        if (!Leases.holds(handle, lease)) {
            return new ClaimResult.LeaseLost();
        }
        // SKIP LOCKED: a reassignment that holds some rows must not make the worker wait for all its batch.
        Query due = handle.createQuery(
                        "SELECT ordinal, attempts, next_action, status, reason, consent_basis, identity, asked_at"
                                + " FROM beckon_invite.person WHERE campaign_id = :campaign AND account_id = :account"
                                + " AND state = 'Pending' AND not_before <= :now AND claim_fence <> :fence"
                                + (askedSince.isPresent() ? ARRIVED : "")
                                + " ORDER BY not_before, ordinal LIMIT 1 FOR UPDATE SKIP LOCKED")
                .bind("campaign", campaignId)
                .bind("account", lease.accountId())
                .bind("now", now)
                .bind("fence", lease.fence());
        askedSince.ifPresent(since -> due.bind("since", since.toEpochMilli()));
        Optional<Due> found = due.map((row, context) -> Due.read(row)).findOne();
        if (found.isEmpty()) {
            return nothingDue(handle, campaignId, lease);
        }
        Due next = found.get();
        return switch (vault.read(next.identity, next.basis, campaignUid, next.ordinal)) {
            case Opened.Known(Person person) ->
                new ClaimResult.Claimed(claimed(handle, lease, next.of(campaignId, campaignUid, lease, person)));
            case Opened.NotHere _ -> passedOver(handle, campaignId, next, now);
            case Opened.Damaged _ -> givenUp(handle, lease, campaignId, next, now);
        };
    }

    /** Who is due, before anybody looked who it is. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Due(
            long ordinal,
            byte[] identity,
            Consent.Basis basis,
            int attempts,
            Optional<Action> action,
            Optional<OutcomeStatus> reached,
            String reason,
            Optional<Instant> askedAt) {
        static Due read(ResultSet row) throws SQLException {
            return new Due(
                    row.getLong("ordinal"),
                    row.getBytes("identity"),
                    Consent.Basis.valueOf(row.getString("consent_basis")),
                    row.getInt("attempts"),
                    Optional.ofNullable(row.getString("next_action")).map(Action::valueOf),
                    PersonRow.statusOf(row.getString("status")),
                    row.getString("reason"),
                    Instants.optional(row, "asked_at"));
        }

        Claim of(long campaignId, String campaignUid, Lease lease, Person person) {
            return new Claim(
                    campaignId,
                    campaignUid,
                    ordinal,
                    lease.fence(),
                    person,
                    attempts,
                    action,
                    reached,
                    reason,
                    askedAt);
        }

        @Override
        public String toString() {
            return "Due[ordinal=" + ordinal + "]";
        }
    }

    private static Claim claimed(Handle handle, Lease lease, Claim claim) {
        handle.createUpdate("UPDATE beckon_invite.person SET claim_fence = :fence, put_off_by = NULL"
                        + " WHERE campaign_id = :campaign AND ordinal = :ordinal")
                .bind("fence", lease.fence())
                .bind("campaign", claim.campaignId())
                .bind("ordinal", claim.ordinal())
                .execute();
        return claim;
    }

    /**
     * Whom other keys can read is not ours to give up: with a wrong {@code keys.json} that may be everybody. They come after all who
     * were due already, and the next look may have the right keys.
     */
    private static ClaimResult passedOver(Handle handle, long campaignId, Due due, long now) {
        Instant until = Instant.ofEpochMilli(now).plus(UNREADABLE_FOR);
        handle.createUpdate("UPDATE beckon_invite.person SET not_before = :until, put_off_by = NULL"
                        + " WHERE campaign_id = :campaign AND ordinal = :ordinal")
                .bind("until", until.toEpochMilli())
                .bind("campaign", campaignId)
                .bind("ordinal", due.ordinal)
                .execute();
        return new ClaimResult.PassedOver(due.ordinal, until);
    }

    /** The log knows them by their number in the campaign: nobody knows a name. */
    private ClaimResult givenUp(Handle handle, Lease lease, long campaignId, Due due, long now) {
        PersonRow person = new PersonRow(
                campaignId,
                due.ordinal,
                lease.accountId(),
                "Pending",
                lease.fence(),
                due.attempts,
                due.reached,
                due.reason,
                due.basis.name());
        settler.settle(
                handle,
                lease.accountId(),
                person,
                Settler.Attempt.ofUnreadable(),
                Settlement.failed(Settlement.UNREADABLE),
                now);
        return new ClaimResult.GivenUp(due.ordinal);
    }

    /** Whether nobody of the account's is pending any more, due or not: what {@link ClaimResult.Exhausted} tells, without a claim. */
    public boolean isExhausted(Lease lease, String campaignUid) {
        long campaignId = campaigns.idOf(campaignUid);
        return database.read("look whether anybody is left", handle -> nothingDue(handle, campaignId, lease))
                instanceof ClaimResult.Exhausted;
    }

    private static ClaimResult nothingDue(Handle handle, long campaignId, Lease lease) {
        return handle.createQuery("SELECT not_before, put_off_by FROM beckon_invite.person"
                        + " WHERE campaign_id = :campaign AND account_id = :account AND state = 'Pending'"
                        + " AND claim_fence <> :fence ORDER BY not_before, ordinal LIMIT 1")
                .bind("campaign", campaignId)
                .bind("account", lease.accountId())
                .bind("fence", lease.fence())
                .<ClaimResult>map((row, context) -> new ClaimResult.NoneDue(
                        Instants.of(row, "not_before"),
                        Optional.ofNullable(row.getString("put_off_by")).map(OpenResult.WaitReason::valueOf)))
                .findOne()
                .orElseGet(ClaimResult.Exhausted::new);
    }

    /**
     * Puts a person off without any outcome; they may be claimed again from then on.
     *
     * @param why the rule that keeps them back, such as the frequency cap
     * @return false when lease or claim are lost and nothing was written
     */
    public boolean putOff(Lease lease, Claim claim, Instant notBefore, OpenResult.WaitReason why) {
        return giveUp(lease, claim, notBefore, Optional.of(why));
    }

    /**
     * Gives a person back for whom nothing holds: they may be claimed again from {@code now} on.
     *
     * @return false when lease or claim are lost and nothing was written
     */
    public boolean giveBack(Lease lease, Claim claim, Instant now) {
        return giveUp(lease, claim, now, Optional.empty());
    }

    private boolean giveUp(Lease lease, Claim claim, Instant notBefore, Optional<OpenResult.WaitReason> why) {
        return database.inTransaction("put person off", handle -> {
            Optional<PersonRow> person = PersonRow.lock(handle, lease, claim.campaignId(), claim.ordinal());
            if (person.filter(row -> isClaimed(row, lease)).isEmpty()) {
                return false;
            }
            handle.createUpdate("UPDATE beckon_invite.person SET claim_fence = 0, not_before = :notBefore,"
                            + " put_off_by = :why WHERE campaign_id = :campaign AND ordinal = :ordinal")
                    .bind("notBefore", notBefore.toEpochMilli())
                    .bind("why", why.map(Enum::name).orElse(null))
                    .bind("campaign", claim.campaignId())
                    .bind("ordinal", claim.ordinal())
                    .execute();
            return true;
        });
    }

    /**
     * Ends a claim for which no call to act was made: the person was not found, the look-up met a flood wait, and the like.
     * The log gets its row as for any attempt.
     */
    public SettleResult settle(Lease lease, Claim claim, Settlement settlement) {
        long now = database.now();
        return database.inTransaction("settle claim", handle -> {
            Optional<PersonRow> person = PersonRow.lock(handle, lease, claim.campaignId(), claim.ordinal());
            if (person.isEmpty()) {
                return new SettleResult.LeaseLost();
            }
            if (!isClaimed(person.get(), lease)) {
                return new SettleResult.AlreadySettled();
            }
            settler.settle(handle, lease.accountId(), person.get(), Settler.Attempt.without(claim), settlement, now);
            return new SettleResult.Settled();
        });
    }

    static boolean isClaimed(PersonRow person, Lease lease) {
        return person.isPending() && person.accountId() == lease.accountId() && person.claimFence() == lease.fence();
    }
}
