package dev.beckon.bench.stage;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.accounts.Accounts;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.audience.AudienceSource;
import dev.beckon.ledger.invite.Action;
import dev.beckon.ledger.invite.Claim;
import dev.beckon.ledger.invite.ClaimResult;
import dev.beckon.ledger.invite.Intent;
import dev.beckon.ledger.invite.OpenRequest;
import dev.beckon.ledger.invite.OpenResult;
import dev.beckon.ledger.invite.Settlement;
import dev.beckon.ledger.people.Consent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Writes into the ledger what workers would have written, through the same repositories. */
public final class LedgerSeed {
    /** How many at a time: the ledger's pool has no more. */
    public static final int CONNECTIONS = 4;

    private static final Duration TERM = Duration.ofSeconds(30);
    private static final int OUT_OF_REACH = 100_000;

    private final Ledger ledger;
    private final AtomicLong userIds = new AtomicLong(5_000_000);

    public LedgerSeed(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The account has logged in. */
    void loggedIn(HasMetadata account) {
        String uid = account.getMetadata().getUid();
        ledger.accounts()
                .register(
                        uid,
                        account.getMetadata().getNamespace(),
                        account.getMetadata().getName());
        Lease lease = lease(uid);
        ledger.accounts()
                .loggedIn(
                        lease,
                        new Accounts.Profile(
                                userIds.incrementAndGet(), Optional.empty(), "Team", Optional.of("+49 *** 00")));
        ledger.leases().release(lease);
    }

    /** The campaign's only person was invited, as a worker does it from its beginning to its end. */
    public void done(HasMetadata campaign, String accountUid, String username) {
        String uid = campaign.getMetadata().getUid();
        load(campaign, accountUid, username);
        Lease lease = lease(accountUid);
        if (!(ledger.claims().next(lease, uid) instanceof ClaimResult.Claimed(Claim claim))) {
            throw new IllegalStateException("nobody can be claimed in the campaign " + uid);
        }
        // A chat of its own, so that no limit of a chat is reached.
        long chat = -1_000_000_000_000L - Math.abs((long) uid.hashCode());
        OpenRequest request = new OpenRequest(
                chat, Action.Invite, claim.person().identities(), Optional.empty(), OUT_OF_REACH, OUT_OF_REACH);
        if (!(ledger.intents().open(lease, claim, request) instanceof OpenResult.Opened(Intent intent))) {
            throw new IllegalStateException("nobody may be invited in the campaign " + uid);
        }
        ledger.intents().settle(lease, intent, Settlement.invited());
        ledger.leases().release(lease);
    }

    /** The campaign has a person left and waits, as a worker tells it that gives its pod back. */
    public void waits(HasMetadata campaign, String accountUid, Instant until) {
        String uid = campaign.getMetadata().getUid();
        load(campaign, accountUid, "guest1");
        Lease lease = lease(accountUid);
        ledger.campaigns().waits(lease, uid, Optional.of(until), Optional.of("DailyLimit"));
        ledger.leases().release(lease);
    }

    private void load(HasMetadata campaign, String accountUid, String username) {
        String uid = campaign.getMetadata().getUid();
        ledger.campaigns()
                .register(
                        uid,
                        campaign.getMetadata().getNamespace(),
                        campaign.getMetadata().getName(),
                        List.of(accountUid));
        AudienceSource onePerson = AudienceSource.inline(List.of(new AudienceSource.InlinePerson(
                Optional.empty(), Optional.of(username), Optional.empty(), Optional.empty())));
        if (ledger.audienceImport()
                .run(uid, onePerson, Consent.of(Consent.Basis.OptIn))
                .isEmpty()) {
            throw new IllegalStateException("somebody else imports the audience of " + uid);
        }
    }

    private Lease lease(String accountUid) {
        return switch (ledger.leases().acquire(accountUid, "bench", Priority.Invite, TERM)) {
            case LeaseResult.Acquired(Lease lease) -> lease;
            case LeaseResult.Held held -> throw new IllegalStateException("somebody holds an account: " + held);
        };
    }
}
