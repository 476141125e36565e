package dev.beckon.ledger.invite;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Usage;
import dev.beckon.ledger.invite.IntentRules.Verdict;
import dev.beckon.ledger.keys.FieldCipher;
import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Names;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.SequenceLanes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Intents: written before a call to Telegram, settled after it. One that is found open was left by a process that died in
 * between, and is settled by asking Telegram, never by calling again.
 */
public final class Intents {
    private final Database database;
    private final PersonVault vault;
    private final IntentTable table;
    private final Settler settler;
    private final Claims claims;
    private final Campaigns campaigns;

    public Intents(Database database, Campaigns campaigns, Claims claims, PersonVault vault, FieldCipher cipher) {
        this.database = database;
        this.vault = vault;
        this.table = new IntentTable(cipher);
        this.settler = new Settler(vault);
        this.claims = claims;
        this.campaigns = campaigns;
    }

    /**
     * Asks every rule once more and writes the intent, in one transaction in which the lease's row is locked: a holder whose
     * lease was taken over can't open any.
     *
     * <p>If the process ends before the commit nothing happened; after it, the intent is found open by the successor.
     */
    public OpenResult open(Lease lease, Claim claim, OpenRequest request) {
        long now = database.now();
        return database.inTransaction("open intent", handle -> open(handle, lease, claim, request, now));
    }

    /**
     * Asks every rule without opening an intent: before a person is even looked up. A rule that forbids the person for good is
     * written down as by {@link #open}.
     *
     * @return what forbids it; empty when an intent could be opened now
     */
    public Optional<OpenResult> check(Lease lease, Claim claim, OpenRequest request) {
        long now = database.now();
        return database.inTransaction("check rules", handle -> {
            Optional<PersonRow> person = PersonRow.lock(handle, lease, claim.campaignId(), claim.ordinal());
            if (person.isEmpty()) {
                return Optional.of(new OpenResult.LeaseLost());
            }
            return switch (foresee(handle, lease, claim, person.get(), request, now)) {
                case Verdict.Refused(OpenResult why) -> Optional.of(why);
                case Verdict.Allowed _ -> Optional.empty();
            };
        });
    }

    /**
     * A claim, and what the rules say of it.
     *
     * @param forbids as {@link #check} answers; empty also when nobody was claimed
     * @param lookup what came of asking for one look-up; empty when nobody may be, or can be, looked up
     */
    public record Next(ClaimResult claimed, Optional<OpenResult> forbids, Optional<Usage.Taken> lookup) {}

    /**
     * Claims the next person who is due, checks the rules for them and counts the look-up that follows, in one transaction:
     * {@link Claims#next}, {@link #check} and {@link Usage#take}.
     *
     * @param wish what is about to be done to whoever is claimed; may be asked more than once
     * @param lookupLimit the most look-ups in any 24 hours
     * @param askedSince claims only who came by webhook then or later; of the others it is only told whether any are left
     */
    public Next next(
            Lease lease,
            String campaignUid,
            Function<Claim, OpenRequest> wish,
            int lookupLimit,
            Optional<Instant> askedSince) {
        long campaignId = campaigns.idOf(campaignUid);
        long now = database.now();
        return database.inTransaction("claim and check next person", handle -> {
            ClaimResult result = claims.next(handle, lease, campaignId, campaignUid, askedSince, now);
            if (!(result instanceof ClaimResult.Claimed(Claim claim))) {
                return new Next(result, Optional.empty(), Optional.empty());
            }
            return switch (foresee(handle, lease, claim, PersonRow.of(claim, lease), wish.apply(claim), now)) {
                case Verdict.Refused(OpenResult why) -> new Next(result, Optional.of(why), Optional.empty());
                case Verdict.Allowed allowed ->
                    new Next(
                            result,
                            Optional.empty(),
                            Optional.of(claim.person().identities())
                                    .filter(Identities::canBeLookedUp)
                                    .map(_ -> Usage.take(
                                            handle, allowed.telegramUserId(), Usage.Kind.Lookup, lookupLimit, now)));
            };
        });
    }

    private Verdict foresee(Handle handle, Lease lease, Claim claim, PersonRow person, OpenRequest request, long now) {
        if (!Claims.isClaimed(person, lease)) {
            return new Verdict.Refused(new OpenResult.ClaimLost());
        }
        Verdict verdict = IntentRules.foresee(handle, person, request, lookups(claim, request), now);
        skip(handle, lease, claim, person, request, verdict, now);
        return verdict;
    }

    /** What came of settling one attempt and opening the next in the same transaction. */
    public record Settled(SettleResult settled, Optional<OpenResult> opened) {}

    /**
     * Settles an intent and opens the next one, saving a commit. The next is opened only when the settlement was written or
     * had been written before.
     */
    public Settled settleAndOpen(Lease lease, Intent intent, Settlement settlement, Claim next, OpenRequest request) {
        long now = database.now();
        return database.inTransaction("settle and open intent", handle -> {
            SettleResult settled = settle(handle, lease, intent, settlement, now);
            return settled instanceof SettleResult.LeaseLost
                    ? new Settled(settled, Optional.empty())
                    : new Settled(settled, Optional.of(open(handle, lease, next, request, now)));
        });
    }

    private OpenResult open(Handle handle, Lease lease, Claim claim, OpenRequest request, long now) {
        return switch (judge(handle, lease, claim, request, now)) {
            case Verdict.Refused(OpenResult why) -> why;
            case Verdict.Allowed allowed -> new OpenResult.Opened(write(handle, lease, claim, request, allowed, now));
        };
    }

    private Verdict judge(Handle handle, Lease lease, Claim claim, OpenRequest request, long now) {
        Optional<PersonRow> person = PersonRow.lock(handle, lease, claim.campaignId(), claim.ordinal());
        if (person.isEmpty()) {
            return new Verdict.Refused(new OpenResult.LeaseLost());
        }
        if (!Claims.isClaimed(person.get(), lease)) {
            return new Verdict.Refused(new OpenResult.ClaimLost());
        }
        Verdict verdict = IntentRules.judge(handle, person.get(), request, lookups(claim, request), now);
        skip(handle, lease, claim, person.get(), request, verdict, now);
        return verdict;
    }

    private List<LookupKey> lookups(Claim claim, OpenRequest request) {
        return vault.lookups(request.names(claim));
    }

    /** Who is forbidden for good is done, and the log says why. */
    private void skip(
            Handle handle, Lease lease, Claim claim, PersonRow person, OpenRequest request, Verdict verdict, long now) {
        if (verdict instanceof Verdict.Refused(OpenResult.Skipped(OpenResult.SkipReason reason))) {
            Settler.Attempt attempt = new Settler.Attempt(
                    Optional.empty(),
                    Optional.of(request.chatId()),
                    request.action().name(),
                    Optional.of(Names.of(claim.person().identities())));
            settler.settle(handle, lease.accountId(), person, attempt, Settlement.skipped(reason.name()), now);
        }
    }

    private Intent write(
            Handle handle, Lease lease, Claim claim, OpenRequest request, Verdict.Allowed allowed, long now) {
        Intent intent = table.insert(handle, lease, claim, request, allowed, now);
        Usage.count(handle, allowed.telegramUserId(), request.action().usage(), now);
        bringInFlight(handle, allowed.person());
        SequenceLanes.raise(handle, lease.accountId());
        return intent;
    }

    private static void bringInFlight(Handle handle, PersonRow person) {
        handle.createUpdate("UPDATE beckon_invite.person SET state = 'InFlight'"
                        + " WHERE campaign_id = :campaign AND ordinal = :ordinal")
                .bind("campaign", person.campaignId())
                .bind("ordinal", person.ordinal())
                .execute();
        Tally.move(handle, person.campaignId(), person.accountId(), Tally.Cell.PENDING, Tally.Cell.IN_FLIGHT);
    }

    /**
     * Writes how the call ended and all that follows from it. Repeating it changes nothing. Also settles what a dead process
     * left open: the caller need not be who opened it, but must hold the lease of the intent's account.
     */
    public SettleResult settle(Lease lease, Intent intent, Settlement settlement) {
        long now = database.now();
        return database.inTransaction("settle intent", handle -> settle(handle, lease, intent, settlement, now));
    }

    private SettleResult settle(Handle handle, Lease lease, Intent intent, Settlement settlement, long now) {
        Optional<PersonRow> person = PersonRow.lock(handle, lease, intent.campaignId(), intent.ordinal());
        if (person.isEmpty()) {
            return new SettleResult.LeaseLost();
        }
        if (!table.settle(handle, lease.accountId(), intent, settlement, now)) {
            return new SettleResult.AlreadySettled();
        }
        settler.settle(handle, lease.accountId(), person.get(), Settler.Attempt.of(intent), settlement, now);
        if (settlement.next() instanceof Settlement.Next.Again) {
            table.freeIdentities(handle, intent);
        }
        if (!settlement.contacted()) {
            table.forgetContact(handle, intent);
        }
        return new SettleResult.Settled();
    }

    /**
     * Telegram refused the call, but what it refused may have been a second sending: after a lost connection the client sends once more by
     * itself, and the first may have been done. The intent stays open, to be settled by asking Telegram; everything else that follows from the
     * refusal is written. If the process ends before the commit, the intent is found open like one whose answer nobody heard.
     *
     * @param refusal what it would be settled with if it were sure that nothing was done
     */
    public SettleResult refused(Lease lease, Intent intent, Settlement refusal) {
        long now = database.now();
        return database.inTransaction("write refusal", handle -> {
            Optional<PersonRow> person = PersonRow.lock(handle, lease, intent.campaignId(), intent.ordinal());
            if (person.isEmpty()) {
                return new SettleResult.LeaseLost();
            }
            if (!table.refuse(handle, lease, intent, refusal)) {
                return new SettleResult.AlreadySettled();
            }
            settler.note(handle, lease.accountId(), person.get(), Settler.Attempt.of(intent), refusal, now);
            return new SettleResult.Settled();
        });
    }

    /** What a dead process left open for this account, oldest first; of every campaign. */
    public List<Intent> openOf(Lease lease) {
        return database.read("read open intents", handle -> table.openOf(handle, lease));
    }
}
