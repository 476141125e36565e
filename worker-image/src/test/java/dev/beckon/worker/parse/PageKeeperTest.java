package dev.beckon.worker.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.parser.Dataset.Counts;
import dev.beckon.ledger.parser.Datasets;
import dev.beckon.ledger.parser.ParsedPerson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A page is written while the next one is asked for, and nobody goes on without it. */
class PageKeeperTest {
    private static final Counts NOTHING = new Counts(0, 0, 0, 0, 0, 0, 0);
    private static final ParsedPerson ANN =
            new ParsedPerson(1, null, null, "Ann", null, false, false, false, "Unknown");

    private static Dataset standing(long position, long people) {
        return new Dataset(
                1,
                "run",
                "parser",
                -1,
                true,
                Dataset.State.Reading,
                position,
                people,
                NOTHING,
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty());
    }

    private static Datasets.Page page(long from, long next, boolean last) {
        return new Datasets.Page(from, next, last, NOTHING, List.of(ANN, ANN), 10);
    }

    private static void let(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whileAPageIsWrittenItIsExpectedToBeKeptWhole() {
        CountDownLatch gate = new CountDownLatch(1);
        try (PageKeeper keeper = new PageKeeper(standing(0, 0), (_, page) -> {
            let(gate);
            return standing(page.next(), 1);
        })) {
            assertThat(keeper.expected()).isEqualTo(standing(0, 0));
            keeper.begin(page(0, 200, false));

            assertThat(keeper.isWriting()).isTrue();
            assertThat(keeper.expected().position()).isEqualTo(200);
            assertThat(keeper.expected().people()).isEqualTo(2);
            assertThat(keeper.expected().state()).isEqualTo(Dataset.State.Reading);
            assertThatThrownBy(() -> keeper.begin(page(200, 400, false)))
                    .as("one after the other")
                    .isInstanceOf(IllegalStateException.class);
            gate.countDown();

            assertThat(keeper.settled().people()).as("one was met before").isEqualTo(1);
            assertThat(keeper.isWriting()).isFalse();
            assertThat(keeper.expected()).isEqualTo(keeper.settled());
            keeper.begin(page(200, 200, true));
            assertThat(keeper.expected().state()).isEqualTo(Dataset.State.Read);
        }
    }

    @Test
    void whatEndedTheWritingEndsTheRun() {
        RuntimeException away = new LedgerUnavailableException("the ledger is away");
        try (PageKeeper keeper = new PageKeeper(standing(0, 0), (_, _) -> {
            throw away;
        })) {
            keeper.begin(page(0, 200, false));
            assertThatThrownBy(keeper::settled).isSameAs(away);
        }
    }

    @Test
    void whoeverLeavesWaitsForThePageThatIsBeingWritten() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        PageKeeper keeper = new PageKeeper(standing(0, 0), (dataset, _) -> {
            let(gate);
            order.add("written");
            return dataset;
        });
        keeper.begin(page(0, 200, false));
        Thread leaves = Thread.ofPlatform().start(() -> {
            keeper.close();
            order.add("left");
        });
        await().until(() -> EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED)
                .contains(leaves.getState()));
        gate.countDown();
        leaves.join();
        assertThat(order).containsExactly("written", "left");
    }

    @Test
    void whoIsToEndWaitsForNoLedger() throws InterruptedException {
        CountDownLatch writes = new CountDownLatch(1);
        CountDownLatch heard = new CountDownLatch(1);
        PageKeeper keeper = new PageKeeper(standing(0, 0), (dataset, _) -> {
            writes.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                heard.countDown();
            }
            return dataset;
        });
        keeper.begin(page(0, 200, false));
        writes.await();
        Thread.currentThread().interrupt();

        assertThatThrownBy(keeper::settled).hasMessage("interrupted while a page was being written");

        assertThat(Thread.interrupted()).isTrue();
        heard.await();
        keeper.close();
    }
}
