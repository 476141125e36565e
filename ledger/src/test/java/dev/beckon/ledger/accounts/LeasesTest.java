package dev.beckon.ledger.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.accounts.LeaseResult.Acquired;
import dev.beckon.ledger.accounts.LeaseResult.Held;
import dev.beckon.ledger.accounts.LeaseResult.Renewal;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class LeasesTest {
    private static final Duration SHORT = Duration.ofMillis(400);

    private final LedgerFixture fixture = new LedgerFixture();
    private final Leases leases = fixture.ledger.leases();
    private final String account = LedgerFixture.uid();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Lease acquire(String holder, Duration term) {
        return ((Acquired) leases.acquire(account, holder, Priority.Invite, term)).lease();
    }

    @Test
    void leaseIsRefusedWhileAnotherHolderIsAlive() {
        acquire("a", LedgerFixture.TERM);
        assertThat(leases.acquire(account, "b", Priority.Publish, LedgerFixture.TERM))
                .isInstanceOfSatisfying(
                        Held.class, held -> assertThat(held.holder()).isEqualTo("a"));
        assertThat(leases.acquire(account, "a", Priority.Invite, LedgerFixture.TERM))
                .isInstanceOf(Held.class);
    }

    @Test
    void fenceRisesWithEachAcquisition() {
        Lease first = acquire("a", LedgerFixture.TERM);
        leases.release(first);
        Lease second = acquire("a", LedgerFixture.TERM);
        assertThat(second.fence()).isGreaterThan(first.fence());
        assertThat(leases.renew(first)).isInstanceOf(Renewal.Lost.class);
        leases.release(first);
        assertThat(leases.renew(second)).isInstanceOf(Renewal.Renewed.class);
    }

    @Test
    void deadHoldersLeaseIsTakenOverOnlyAfterTermAndMargin() {
        Instant asked = Instant.now();
        Lease dead = acquire("dead", SHORT);
        Lease next = await().pollInterval(Duration.ofMillis(20))
                                .atMost(Duration.ofSeconds(60))
                                .until(
                                        () -> leases.acquire(account, "next", Priority.Invite, LedgerFixture.TERM),
                                        Acquired.class::isInstance)
                        instanceof Acquired(Lease lease)
                ? lease
                : null;
        assertThat(Duration.between(asked, Instant.now()))
                .isGreaterThanOrEqualTo(SHORT.plus(TestDatabase.LEASE_MARGIN));
        assertThat(next.fence()).isGreaterThan(dead.fence());
        assertThat(leases.renew(dead)).isInstanceOf(Renewal.Lost.class);
    }

    @Test
    void expiredLeaseIsLostEvenIfNobodyTookIt() {
        Lease lease = acquire("slow", Duration.ofMillis(1));
        await().atMost(Duration.ofSeconds(5)).until(() -> leases.renew(lease) instanceof Renewal.Lost);
        assertThat(fixture.ledger.accounts().coolDown(lease, Instant.EPOCH)).isFalse();
        assertThat(fixture.ledger.sessions().save(lease, new byte[] {1})).isFalse();
    }

    @Test
    void renewingKeepsALeaseBeyondItsTerm() {
        Lease lease = acquire("a", Duration.ofSeconds(6));
        Instant end = Instant.now().plus(Duration.ofSeconds(7));
        await().pollInterval(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    assertThat(leases.renew(lease)).isInstanceOf(Renewal.Renewed.class);
                    return Instant.now().isAfter(end);
                });
    }

    @Test
    void higherPriorityMakesTheHolderYieldAndLowerWaits() {
        Lease lease = ((Acquired) leases.acquire(account, "a", Priority.Parse, LedgerFixture.TERM)).lease();
        leases.wish(account, "campaign", Priority.Invite, Urgency.Now, Duration.ofMinutes(1));
        assertThat(leases.wishToYield(lease)).isEmpty();
        leases.wish(account, "other-parser", Priority.Parse, Urgency.AtSliceEnd, Duration.ofMinutes(1));
        assertThat(leases.wishToYield(lease)).contains(new LeaseResult.Yield("other-parser", Urgency.AtSliceEnd));
        leases.wish(account, "post", Priority.Publish, Urgency.AtSliceEnd, Duration.ofMinutes(1));
        assertThat(leases.wishToYield(lease)).contains(new LeaseResult.Yield("post", Urgency.Now));
        assertThat(leases.renew(lease))
                .isInstanceOfSatisfying(
                        Renewal.Renewed.class,
                        renewed -> assertThat(renewed.yield()).isPresent());
        leases.withdraw(account, "post");
        leases.withdraw(account, "other-parser");
        assertThat(leases.wishToYield(lease)).isEmpty();
    }

    @Test
    void whoHasNoLeaseYetHearsOfAHigherRankToo() {
        leases.wish(account, "campaign", Priority.Invite, Urgency.Now, Duration.ofMinutes(1));
        assertThat(leases.isWanted(account, Priority.Invite)).isFalse();
        leases.wish(account, "post", Priority.Publish, Urgency.AtSliceEnd, Duration.ofMinutes(1));
        assertThat(leases.isWanted(account, Priority.Invite)).isTrue();
        assertThat(leases.isWanted(account, Priority.Publish)).isFalse();
        assertThat(leases.isWanted("nobody-s", Priority.Invite)).isFalse();
        leases.withdraw(account, "post");
        assertThat(leases.isWanted(account, Priority.Invite)).isFalse();
    }

    @Test
    void aWishEndsByItself() {
        Lease lease = acquire("a", LedgerFixture.TERM);
        leases.wish(account, "dead-wisher", Priority.Publish, Urgency.Now, Duration.ofMillis(1));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> leases.wishToYield(lease).isEmpty());
    }

    @Test
    void manyWhoAskAtOnceNeverHoldItTogether() throws Exception {
        Set<Long> fences = ConcurrentHashMap.newKeySet();
        Set<String> holding = ConcurrentHashMap.newKeySet();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tries = IntStream.range(0, 40)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        for (int round = 0; round < 5; round++) {
                            if (leases.acquire(account, "h" + i, Priority.Invite, LedgerFixture.TERM)
                                    instanceof Acquired(Lease lease)) {
                                assertThat(fences.add(lease.fence()))
                                        .as("fence given twice")
                                        .isTrue();
                                holding.add(lease.holder());
                                assertThat(holding).as("holders at once").hasSize(1);
                                holding.remove(lease.holder());
                                leases.release(lease);
                            }
                        }
                    }))
                    .toList();
            for (Future<?> each : tries) {
                each.get();
            }
        }
        assertThat(fences).isNotEmpty();
    }
}
