package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerAudit;
import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.invite.HumanDecisions.Whom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * Many workers, campaigns and a person who reassigns, all at once, over the same people; some workers die with an intent open, and
 * some of those only seem dead and write once more when another has taken their account over.
 */
@Tag("integration")
class ConcurrencyTest {
    private static final int PEOPLE = 60;

    private LedgerFixture fixture;
    private final Map<String, Integer> contacts = new ConcurrentHashMap<>();
    private final Set<String> owned = ConcurrentHashMap.newKeySet();
    private final Queue<Remains> dead = new ConcurrentLinkedQueue<>();

    /** What a worker that died while it had this in flight could still write, were it not dead. */
    private record Remains(Lease lease, Intent intent) {}

    @BeforeTry
    void begin() {
        fixture = new LedgerFixture();
        contacts.clear();
        dead.clear();
    }

    @AfterTry
    void close() {
        fixture.close();
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void neverTwoOwnersNeverTwoContactsOfOnePersonAndNobodyLost(@ForAll long seeds) throws Exception {
        List<String> accounts = List.of(fixture.account(), fixture.account(), fixture.account());
        String people =
                IntStream.range(0, PEOPLE).mapToObj(i -> LedgerFixture.phone()).collect(Collectors.joining("\n"));
        List<String> campaigns = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String campaign = fixture.campaign(accounts.toArray(String[]::new));
            fixture.importText(campaign, people);
            campaigns.add(campaign);
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                OperatorLedger operator = fixture.database.operatorLedger(fixture.clock)) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                long seed = seeds + i;
                work.add(threads.submit(() -> work(new Random(seed), accounts, campaigns)));
            }
            work.add(threads.submit(() -> {
                for (int i = 0; i < 10; i++) {
                    operator.decisions()
                            .reassign(
                                    campaigns.get(i % 3),
                                    accounts.get(i % 3),
                                    accounts.get((i + 1) % 3),
                                    i % 2 == 0 ? Whom.Pending : Whom.All,
                                    "r" + i);
                }
            }));
            for (Future<?> each : work) {
                each.get();
            }
        }
        accounts.forEach(account -> finish(account, campaigns));
        // Whom an account called, and found not to be reached, may be another's by now.
        accounts.forEach(account -> finish(account, campaigns));

        assertThat(contacts).hasSize(PEOPLE);
        assertThat(contacts.values()).as("contacts per person").containsOnly(1);
        for (String campaign : campaigns) {
            LedgerAudit.assertTallyIsTrue(fixture.database, campaign);
            LedgerAudit.assertInFlightIsExactlyWhatIsOpen(fixture.database, campaign);
            assertThat(fixture.report(campaign).counts().total()).isEqualTo(PEOPLE);
            assertThat(fixture.report(campaign).counts().done()).isEqualTo(PEOPLE);
        }
    }

    private void work(Random random, List<String> accounts, List<String> campaigns) {
        for (int round = 0; round < 25; round++) {
            String account = accounts.get(random.nextInt(accounts.size()));
            LeaseResult result =
                    fixture.ledger.leases().acquire(account, LedgerFixture.uid(), Priority.Invite, LedgerFixture.TERM);
            if (result instanceof LeaseResult.Acquired(var lease)) {
                assertThat(owned.add(account)).as("two owners of an account").isTrue();
                takeOver(lease);
                for (int i = 0; i < 4; i++) {
                    contactOne(lease, campaigns.get(random.nextInt(campaigns.size())), random.nextInt(4) == 0);
                }
                boolean dies = random.nextInt(4) == 0;
                if (dies) {
                    die(lease, campaigns.get(random.nextInt(campaigns.size())), random.nextBoolean());
                }
                owned.remove(account);
                if (dies) {
                    LedgerAudit.expireLease(fixture.database, account);
                } else {
                    fixture.ledger.leases().release(lease);
                }
            }
        }
    }

    /** Claims somebody, mostly with an intent, and ends before or after the call. */
    private void die(Lease lease, String campaign, boolean called) {
        if (fixture.ledger.claims().next(lease, campaign) instanceof ClaimResult.Claimed(Claim claim)
                && fixture.ledger.intents().open(lease, claim, fixture.request(claim, Action.Invite))
                        instanceof OpenResult.Opened(Intent intent)) {
            if (called) {
                contacts.merge(phone(intent), 1, Integer::sum);
            }
            dead.add(new Remains(lease, intent));
        }
    }

    /** Whoever seems dead and is not can't write any more; what is in flight is settled by what Telegram tells. */
    private void takeOver(Lease lease) {
        for (Remains remains : List.copyOf(dead)) {
            if (remains.lease().accountId() == lease.accountId() && dead.remove(remains)) {
                assertThat(fixture.ledger
                                .intents()
                                .settle(remains.lease(), remains.intent(), Settlement.failed("Late")))
                        .as("settled by whoever lost the lease")
                        .isEqualTo(new SettleResult.LeaseLost());
                assertThat(fixture.ledger
                                .claims()
                                .next(remains.lease(), remains.intent().campaignUid()))
                        .as("claimed by whoever lost the lease")
                        .isEqualTo(new ClaimResult.LeaseLost());
            }
        }
        for (Intent intent : fixture.ledger.intents().openOf(lease)) {
            Settlement settlement = contacts.containsKey(phone(intent))
                    ? Settlement.invited()
                    : Settlement.putBack("NotDone", fixture.clock.instant());
            assertThat(fixture.ledger.intents().settle(lease, intent, settlement))
                    .isEqualTo(new SettleResult.Settled());
        }
    }

    private static String phone(Intent intent) {
        return intent.names().listed().phone().orElseThrow();
    }

    private void finish(String account, List<String> campaigns) {
        Lease lease = fixture.lease(account);
        takeOver(lease);
        for (String campaign : campaigns) {
            while (fixture.ledger.claims().next(lease, campaign) instanceof ClaimResult.Claimed(Claim claim)) {
                contact(lease, claim, false);
            }
        }
        fixture.ledger.leases().release(lease);
    }

    private void contactOne(Lease lease, String campaign, boolean putBack) {
        if (fixture.ledger.claims().next(lease, campaign) instanceof ClaimResult.Claimed(Claim claim)) {
            contact(lease, claim, putBack);
        }
    }

    private void contact(Lease lease, Claim claim, boolean putBack) {
        switch (fixture.ledger.intents().open(lease, claim, fixture.request(claim, Action.Invite))) {
            case OpenResult.Opened(Intent intent) -> {
                if (putBack) {
                    fixture.ledger
                            .intents()
                            .settle(lease, intent, Settlement.putBack("FloodWait", fixture.clock.instant()));
                } else {
                    contacts.merge(phone(intent), 1, Integer::sum);
                    fixture.ledger.intents().settle(lease, intent, Settlement.invited());
                }
            }
            case OpenResult.Skipped(OpenResult.SkipReason reason) ->
                assertThat(reason).isEqualTo(OpenResult.SkipReason.AlreadyContacted);
            case OpenResult.ClaimLost lost -> {
                // Reassigned in between: somebody else's now.
            }
            case OpenResult.Wait wait -> throw new AssertionError(wait.toString());
            case OpenResult.Paused paused -> throw new AssertionError(paused.toString());
            case OpenResult.AccountNotReady notReady -> throw new AssertionError(notReady.toString());
            case OpenResult.LeaseLost lost -> throw new AssertionError("lease lost");
        }
    }
}
