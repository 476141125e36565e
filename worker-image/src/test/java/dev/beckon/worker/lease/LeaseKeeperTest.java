package dev.beckon.worker.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult.Renewal;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.LeaseResult.Yield;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The watchdog's deadline never lies later than the term that the ledger granted. */
class LeaseKeeperTest {
    private static final Duration TERM = Duration.ofMillis(300);

    private static final Lease LEASE = new Lease(1, "uid", "me", 1, TERM, Instant.EPOCH);

    /** Writes down what it is told instead of killing this test. */
    private static final class Recorded implements Watchdog {
        private final List<Long> deadlines = new CopyOnWriteArrayList<>();
        private volatile boolean closed;

        @Override
        public long now() {
            return System.nanoTime();
        }

        @Override
        public void arm(long deadline) {
            assertThat(closed).as("armed after close").isFalse();
            deadlines.add(deadline);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final Recorded watchdog = new Recorded();
    private final AtomicInteger lost = new AtomicInteger();

    private static Renewal renewed() {
        return new Renewal.Renewed(LEASE, Optional.empty());
    }

    @Test
    void theFirstDeadlineIsOneTermAfterTheLeaseWasAskedFor() {
        long asked = watchdog.now();
        try (LeaseKeeper _ = new LeaseKeeper(LeaseKeeperTest::renewed, watchdog, asked, TERM, lost::incrementAndGet)) {
            assertThat(watchdog.deadlines.getFirst()).isEqualTo(asked + TERM.toNanos());
        }
    }

    @Test
    void everyRenewalMovesTheDeadlineToOneTermAfterItWasAskedFor() {
        List<Long> asked = new CopyOnWriteArrayList<>();
        Supplier<Renewal> slow = () -> {
            asked.add(watchdog.now());
            return renewed();
        };
        try (LeaseKeeper _ = new LeaseKeeper(slow, watchdog, watchdog.now(), TERM, lost::incrementAndGet)) {
            await().until(() -> watchdog.deadlines.size() >= 4);
        }
        for (int i = 0; i < 3; i++) {
            // The ledger counts the term from when it is asked, which is after the keeper looked at the clock.
            assertThat(watchdog.deadlines.get(i + 1)).isLessThanOrEqualTo(asked.get(i) + TERM.toNanos());
        }
        assertThat(lost).hasValue(0);
    }

    @Test
    void anUnreachableLedgerMovesNoDeadlineAndIsAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean away = new AtomicBoolean(true);
        Supplier<Renewal> unreachable = () -> {
            asked.incrementAndGet();
            if (away.get()) {
                throw new LedgerUnavailableException("renewing a lease: no connection");
            }
            return renewed();
        };
        try (LeaseKeeper _ = new LeaseKeeper(unreachable, watchdog, watchdog.now(), TERM, lost::incrementAndGet)) {
            await().until(() -> asked.get() >= 3);
            assertThat(watchdog.deadlines).hasSize(1);
            away.set(false);
            await().until(() -> watchdog.deadlines.size() >= 2);
        }
        assertThat(lost).hasValue(0);
    }

    @Test
    void aRefusedRenewalEndsTheProcessAndNeverRenewsAgain() {
        AtomicInteger asked = new AtomicInteger();
        Supplier<Renewal> refused = () -> {
            asked.incrementAndGet();
            return new Renewal.Lost();
        };
        try (LeaseKeeper _ = new LeaseKeeper(refused, watchdog, watchdog.now(), TERM, lost::incrementAndGet)) {
            await().until(() -> lost.get() == 1);
            await().during(TERM).until(() -> asked.get() == 1);
        }
        assertThat(watchdog.deadlines).hasSize(1);
    }

    @Test
    void whoWaitsForTheAccountIsKnownAfterTheNextRenewal() {
        Yield wish = new Yield("post", Urgency.Now);
        Supplier<Renewal> wished = () -> new Renewal.Renewed(LEASE, Optional.of(wish));
        try (LeaseKeeper keeper = new LeaseKeeper(wished, watchdog, watchdog.now(), TERM, lost::incrementAndGet)) {
            assertThat(keeper.yieldWish()).isEmpty();
            await().until(() -> keeper.yieldWish().isPresent());
            assertThat(keeper.yieldWish()).contains(wish);
        }
    }

    @Test
    void nothingIsRenewedOrArmedAfterClose() {
        AtomicInteger asked = new AtomicInteger();
        Supplier<Renewal> counted = () -> {
            asked.incrementAndGet();
            return renewed();
        };
        LeaseKeeper keeper = new LeaseKeeper(counted, watchdog, watchdog.now(), TERM, lost::incrementAndGet);
        keeper.close();
        int before = asked.get();
        await().during(TERM).until(() -> asked.get() == before);
        assertThat(watchdog.closed).isTrue();
    }
}
