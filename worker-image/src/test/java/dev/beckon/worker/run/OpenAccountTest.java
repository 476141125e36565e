package dev.beckon.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.worker.StopSignal;
import dev.beckon.worker.Workshop;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An answer of Telegram that the ledger can't take at once. */
class OpenAccountTest {
    private final StopSignal stop = new StopSignal();
    private final AtomicInteger tries = new AtomicInteger();

    private OpenAccount run(Duration leaseTerm) {
        Workshop workshop = new Workshop(null, null, null, null, null, null, stop, null, null, leaseTerm, null);
        return new OpenAccount(workshop, null, null);
    }

    private boolean away() {
        tries.incrementAndGet();
        throw new LedgerUnavailableException("away");
    }

    @Test
    void isWrittenAgainUntilTheLedgerIsBack() {
        run(Duration.ofSeconds(20)).persist(() -> tries.get() < 2 ? away() : true);
        assertThat(tries.get()).isEqualTo(2);
    }

    @Test
    void isTriedWithPausesAfterSigtermTooAndGivenUp() {
        stop.raise();
        assertThatThrownBy(() -> run(Duration.ofSeconds(4)).persist(this::away))
                .isInstanceOf(LedgerUnavailableException.class);
        assertThat(tries.get())
                .as("tries in two seconds, half a second between two")
                .isBetween(3, 6);
    }

    @Test
    void aStopThatComesMeanwhileCutsOnePauseShort() {
        Duration pause = Duration.ofSeconds(20);
        Thread sleeper = Thread.currentThread();
        Thread.ofPlatform().daemon().start(() -> {
            while (sleeper.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            stop.raise();
        });
        long before = System.nanoTime();
        stop.pause(pause);
        stop.sleep(pause);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(pause);
        assertThat(stop.raisedFor()).isPositive();
    }

    @Test
    void whoIsInterruptedDoesNotSpin() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> run(Duration.ofSeconds(20)).persist(this::away))
                .isInstanceOf(LedgerUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(tries.get()).isEqualTo(1);
    }
}
