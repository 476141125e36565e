package dev.beckon.worker.parse;

import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.parser.Datasets;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;

/**
 * Writes a run's pages on a thread of its own, one after the other, so that Telegram is asked for the next page meanwhile. At most one page
 * is being written and one is being asked for: a kill costs no more than asking for both again.
 */
final class PageKeeper implements AutoCloseable {
    private final BiFunction<Dataset, Datasets.Page, Dataset> write;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("pages").factory());
    private Dataset stands;
    private Optional<Writing> writing = Optional.empty();

    private record Writing(Datasets.Page page, Future<Dataset> end) {}

    /**
     * @param begun where the run stands
     * @param write writes a page, and answers where the run stands then; what it throws is thrown by {@link #settled}
     */
    PageKeeper(Dataset begun, BiFunction<Dataset, Datasets.Page, Dataset> write) {
        this.stands = begun;
        this.write = write;
    }

    /** Begins to write a page. The one before must be {@link #settled}. */
    void begin(Datasets.Page page) {
        if (isWriting()) {
            throw new IllegalStateException("a page is being written");
        }
        Dataset from = stands;
        writing = Optional.of(new Writing(page, thread.submit(() -> write.apply(from, page))));
    }

    boolean isWriting() {
        return writing.isPresent();
    }

    /** Where the run will stand when the page that is being written is kept whole; where it stands when none is. */
    Dataset expected() {
        return writing.map(under -> stands.expectedAfter(under.page)).orElse(stands);
    }

    /**
     * Where the run stands, once nothing is being written.
     *
     * @throws RuntimeException what ended the writing
     */
    Dataset settled() {
        if (writing.isPresent()) {
            Future<Dataset> end = writing.get().end;
            writing = Optional.empty();
            stands = result(end);
        }
        return stands;
    }

    private static Dataset result(Future<Dataset> end) {
        try {
            return end.get();
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but to end it: then the ledger is not waited for either.
            end.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a page was being written");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new IllegalStateException("a page could not be written", e.getCause());
            }
        }
    }

    /** Waits for what is being written: the account must not be another's before. */
    @Override
    public void close() {
        thread.close();
    }
}
