package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LeaseWatchTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration OVERDUE = Duration.ofSeconds(12);

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final AtomicInteger ends = new AtomicInteger();

    private LeaseWatch watch(Supplier<Optional<Instant>> renewed) {
        return new LeaseWatch(now::get, OVERDUE, renewed, ends::incrementAndGet);
    }

    private void pass(Duration time) {
        now.updateAndGet(it -> it.plus(time));
    }

    @Test
    void aLeaseThatIsRenewedGoesOn() {
        LeaseWatch watch = watch(() -> Optional.of(now.get()));
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(10));
            watch.look();
            watch.judge();
        }

        assertThat(ends).hasValue(0);
    }

    @Test
    void aLeaseThatIsNotRenewedAnyMoreEndsTheProcessBeforeItsTermIsOver() {
        LeaseWatch watch = watch(() -> Optional.of(BEGIN));
        pass(OVERDUE.minusMillis(1));
        watch.look();
        watch.judge();
        assertThat(ends).hasValue(0);

        pass(Duration.ofMillis(1));
        watch.judge();
        assertThat(ends).hasValue(1);
    }

    @Test
    void aLeaseThatWasRenewedJustNowIsNotAskedFor() {
        AtomicInteger asked = new AtomicInteger();
        LeaseWatch watch = watch(() -> {
            asked.incrementAndGet();
            return Optional.of(now.get());
        });
        pass(OVERDUE.dividedBy(4).minusMillis(1));
        watch.look();
        assertThat(asked).hasValue(0);

        pass(Duration.ofMillis(1));
        watch.look();
        watch.look();
        assertThat(asked).hasValue(1);
    }

    @Test
    void aClockThatWasSetBackHidesNoLeaseThatIsNotRenewedAnyMore() {
        AtomicReference<Instant> renewal = new AtomicReference<>(BEGIN);
        LeaseWatch watch = watch(() -> Optional.of(renewal.get()));
        pass(Duration.ofHours(-1));
        renewal.set(now.get());
        watch.look();
        pass(OVERDUE);
        watch.judge();

        assertThat(ends).hasValue(1);
    }

    @Test
    void aLeaseOfAnotherDoesNotCountAsRenewed() {
        LeaseWatch watch = watch(Optional::empty);
        pass(OVERDUE);
        watch.look();
        watch.judge();

        assertThat(ends).hasValue(1);
    }

    @Test
    void anApiServerThatAnswersWithAnErrorIsAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        LeaseWatch watch = watch(() -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
            }
            return Optional.of(now.get());
        });
        pass(Duration.ofSeconds(8));
        watch.look();
        watch.look();
        pass(Duration.ofSeconds(8));
        watch.judge();

        assertThat(ends).hasValue(0);
    }

    /** What the SDK's elector can't see: it looks at its deadline only when its call has come back. */
    @Test
    void anApiServerThatNeverAnswersEndsTheProcess() {
        CountDownLatch never = new CountDownLatch(1);
        LeaseWatch watch = new LeaseWatch(
                InstantSource.system(),
                Duration.ofMillis(200),
                () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return Optional.empty();
                },
                ends::incrementAndGet);
        watch.start(Duration.ofMillis(40));

        await().atMost(Duration.ofSeconds(30)).until(() -> ends.get() > 0);
        never.countDown();
    }
}
