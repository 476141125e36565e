package dev.beckon.ledger.parser;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Leases;
import dev.beckon.ledger.parser.Dataset.Counts;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.SequenceLanes;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Datasets as a worker writes and reads them. */
public final class Datasets extends DatasetReader {
    private final Database database;
    private final DatasetVault vault;

    public Datasets(Database database, DatasetVault vault) {
        super(database, vault);
        this.database = database;
        this.vault = vault;
    }

    /**
     * A run of a parser.
     *
     * @param datasetUid the run's
     * @param parserUid the {@code ParserJob}'s
     * @param keepFor how long its people are kept after the last page; absent: until somebody erases them
     */
    public record Run(String datasetUid, String parserUid, String namespace, String name, Optional<Duration> keepFor) {}

    /**
     * A run whose chat is found.
     *
     * @param listing how much of the member list Telegram shows, in one word
     * @param chatTotal how many members Telegram says there are
     */
    public record Beginning(Run run, long chatId, boolean administered, String listing, long chatTotal) {}

    /**
     * A page of a chat as the filters left it.
     *
     * @param from where it began: {@link Dataset#position} before it
     * @param next where the next one begins
     * @param last whether it is the last one
     * @param met what was met on it; duplicates are counted here and not by the caller, {@code chatTotal} is the newest one told
     * @param limit at most so many people in all; whoever is beyond is left out and counted as filtered
     */
    public record Page(long from, long next, boolean last, Counts met, List<ParsedPerson> people, long limit) {
        public Page {
            people = List.copyOf(people);
        }
    }

    /**
     * Looks for where a run's source led before, and keeps it for later runs: a public name that changed hands leads to strangers.
     *
     * @param source as a person wrote it
     * @param chatId where it leads now
     * @return the chat of the parser's newest run by the same words, this one where there was none; empty when the lease is lost
     */
    public Optional<Long> leadsTo(Lease lease, Run run, String source, long chatId) {
        long now = database.now();
        return database.inTransaction(
                "look for source",
                handle -> Leases.holds(handle, lease)
                        ? Optional.of(new RunRow(handle, run, now)
                                .known(lease)
                                .source(source)
                                .orElse(chatId))
                        : Optional.empty());
    }

    /** Begins a run, or answers where it stands when it began before. @return empty when the lease is lost */
    public Optional<Dataset> begin(Lease lease, Beginning beginning) {
        boolean written = write(
                lease,
                beginning.run,
                row -> row.begins(beginning.chatId, beginning.administered, beginning.listing, beginning.chatTotal));
        return written ? find(beginning.run.datasetUid) : Optional.empty();
    }

    /**
     * Tells what a run waits for, or that it waits for nothing; each page that is kept tells so, too.
     *
     * @param waitingFor a word in CamelCase, such as {@code FloodWait}
     * @return false when the lease is lost and nothing was written
     */
    public boolean waits(Lease lease, Run run, Optional<Instant> nextActionAt, Optional<String> waitingFor) {
        return write(lease, run, row -> row.waits(nextActionAt, waitingFor));
    }

    /** Records why a run can't work as declared; names no person. @return false when the lease is lost and nothing was written */
    public boolean fails(Lease lease, Run run, String reason, String message) {
        return write(lease, run, row -> row.fails(reason, message));
    }

    /** Records that the export is written whole. Of a run that has ended: nobody's lease is asked for. */
    public void exported(Run run) {
        ended(run, RunRow::exported);
    }

    /** Records why the export could not be written, and when it is tried again. */
    public void exportFails(Run run, String reason, String message, Instant again) {
        ended(run, row -> {
            row.fails(reason, message);
            row.waits(Optional.of(again), Optional.of(reason));
        });
    }

    private void ended(Run run, Consumer<RunRow> what) {
        long now = database.now();
        database.useTransaction("write ended run", handle -> {
            what.accept(new RunRow(handle, run, now));
            SequenceLanes.raise(handle, SequenceLanes.COMMON);
        });
    }

    private boolean write(Lease lease, Run run, Consumer<RunRow> what) {
        long now = database.now();
        return database.inTransaction("write run", handle -> {
            if (!Leases.holds(handle, lease)) {
                return false;
            }
            what.accept(new RunRow(handle, run, now).known(lease));
            SequenceLanes.raise(handle, lease.accountId());
            return true;
        });
    }

    /** Writes a page and where the next one begins, both or neither. */
    public PageResult append(Lease lease, Dataset dataset, Page page) {
        return append(lease, dataset, page, WrittenLines.unknown(dataset));
    }

    /**
     * The same for who writes a run from its first page on.
     *
     * @param written takes in what was committed
     */
    public PageResult append(Lease lease, Dataset dataset, Page page, WrittenLines written) {
        boolean known = false;
        try {
            PageWriter.Written result = append(lease, dataset.id(), page);
            written.add(result.lines());
            known = result.told() instanceof PageResult.Kept;
            return result.told();
        } finally {
            // Also when the answer to the commit was lost.
            if (!known) {
                written.missed();
            }
        }
    }

    private PageWriter.Written append(Lease lease, long datasetId, Page page) {
        long now = database.now();
        return database.inTransaction("append page", handle -> {
            Optional<PageWriter> writer = PageWriter.lock(handle, vault, lease, datasetId);
            if (writer.isEmpty()) {
                return PageWriter.Written.nothing(new PageResult.LeaseLost());
            }
            PageWriter.Written written = writer.get().write(page, now);
            if (written.told() instanceof PageResult.Kept) {
                SequenceLanes.raise(handle, lease.accountId());
            }
            return written;
        });
    }

    static Dataset lock(Handle handle, long datasetId) {
        return handle.createQuery("SELECT * FROM beckon_parser.dataset WHERE dataset_id = :id FOR UPDATE")
                .bind("id", datasetId)
                .map((row, context) -> Dataset.of(row))
                .one();
    }

    /**
     * Ends a run whose pages are all in: its digest is that of the NDJSON export. Done again it changes nothing.
     *
     * @return empty when the lease is lost, or when somebody was erased meanwhile: ask again
     */
    public Optional<Dataset> complete(Lease lease, Dataset dataset) {
        return complete(lease, dataset, WrittenLines.unknown(dataset));
    }

    /**
     * The same for who wrote the run from its first page on.
     *
     * @param written all of it: then nothing is read
     */
    public Optional<Dataset> complete(Lease lease, Dataset dataset, WrittenLines written) {
        Summed summed = written.digestOf(dataset)
                .map(sum -> new Summed(sum, dataset.people()))
                .orElseGet(() -> read(dataset));
        long now = database.now();
        return database.inTransaction("complete dataset", handle -> {
            if (!Leases.holds(handle, lease)) {
                return Optional.empty();
            }
            Dataset stands = lock(handle, dataset.id());
            if (stands.state() == Dataset.State.Complete) {
                return Optional.of(stands);
            }
            if (stands.state() != Dataset.State.Read || stands.people() != summed.rows) {
                return Optional.empty();
            }
            handle.createUpdate("UPDATE beckon_parser.dataset SET state = 'Complete', sha256 = :sum,"
                            + " completed_at = :now WHERE dataset_id = :id")
                    .bind("sum", summed.sha256)
                    .bind("now", now)
                    .bind("id", dataset.id())
                    .execute();
            SequenceLanes.raise(handle, lease.accountId());
            return find(handle, dataset.uid());
        });
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Summed(byte[] sha256, long rows) {}

    private Summed read(Dataset dataset) {
        MessageDigest digest = WrittenLines.sha256();
        long[] rows = {0};
        forEachLine(dataset, line -> {
            WrittenLines.add(digest, line);
            rows[0]++;
        });
        return new Summed(digest.digest(), rows[0]);
    }
}
