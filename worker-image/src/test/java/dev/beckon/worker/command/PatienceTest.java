package dev.beckon.worker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final AtomicInteger tries = new AtomicInteger();

    private Runnable failing(RuntimeException failure, int times) {
        return () -> {
            if (tries.incrementAndGet() <= times) {
                throw failure;
            }
        };
    }

    private static void with(Duration longest, Runnable work) {
        Patience.with(longest, InstantSource.system(), LedgerUnavailableException.class, work);
    }

    @Test
    void whatIsAwayIsTriedAgain() {
        with(Duration.ofMinutes(1), failing(new LedgerUnavailableException("away"), 1));

        assertThat(tries).hasValue(2);
    }

    @Test
    void whatNoTryMendsIsNot() {
        assertThatThrownBy(() -> with(Duration.ofMinutes(1), failing(new LedgerException("refused"), 1)))
                .hasMessage("refused");
        assertThat(tries).hasValue(1);
    }

    @Test
    void withoutTimeItIsTriedOnce() {
        assertThatThrownBy(() -> with(Duration.ZERO, failing(new LedgerUnavailableException("away"), 1)))
                .hasMessage("away");
        assertThat(tries).hasValue(1);
    }
}
