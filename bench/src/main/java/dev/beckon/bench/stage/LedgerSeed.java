package dev.beckon.bench.stage;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.accounts.Accounts;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.audience.AudienceSource;
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

    /** The campaign has a person left and waits, as a worker tells it that gives its pod back. */
    public void waits(HasMetadata campaign, String accountUid, Instant until) {
        String uid = campaign.getMetadata().getUid();
        ledger.campaigns()
                .register(
                        uid,
                        campaign.getMetadata().getNamespace(),
                        campaign.getMetadata().getName(),
                        List.of(accountUid));
        AudienceSource onePerson = AudienceSource.inline(List.of(new AudienceSource.InlinePerson(
                Optional.empty(), Optional.of("guest1"), Optional.empty(), Optional.empty())));
        if (ledger.audienceImport()
                .run(uid, onePerson, Consent.of(Consent.Basis.OptIn))
                .isEmpty()) {
            throw new IllegalStateException("somebody else imports the audience of " + uid);
        }
        Lease lease = lease(accountUid);
        ledger.campaigns().waits(lease, uid, Optional.of(until), Optional.of("DailyLimit"));
        ledger.leases().release(lease);
    }

    private Lease lease(String accountUid) {
        return switch (ledger.leases().acquire(accountUid, "bench", Priority.Invite, TERM)) {
            case LeaseResult.Acquired(Lease lease) -> lease;
            case LeaseResult.Held held -> throw new IllegalStateException("somebody holds an account: " + held);
        };
    }
}
