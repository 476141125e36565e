package dev.beckon.ledger.parser;

import dev.beckon.ledger.sql.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Datasets as whoever has the keys reads them. */
public sealed class DatasetReader permits Datasets {
    private static final int BATCH = 1_000;

    /** Where the first batch begins. */
    public static final long BEFORE_ALL = -1;

    private final Database database;
    private final DatasetVault vault;

    public DatasetReader(Database database, DatasetVault vault) {
        this.database = database;
        this.vault = vault;
    }

    static Optional<Dataset> find(Handle handle, String datasetUid) {
        return handle.createQuery("SELECT * FROM beckon_parser.dataset WHERE dataset_uid = :uid")
                .bind("uid", datasetUid)
                .map((row, context) -> Dataset.of(row))
                .findOne();
    }

    /** In whatever state it is; empty when the ledger has none of this uid. */
    public Optional<Dataset> find(String datasetUid) {
        return database.read("find dataset", handle -> find(handle, datasetUid));
    }

    /** The newest whole dataset of a parser by its name; also of one that is gone from Kubernetes. */
    public Optional<Dataset> newest(String namespace, String name) {
        return database.read(
                "find the newest dataset",
                handle -> handle.createQuery("SELECT * FROM beckon_parser.dataset WHERE namespace = :namespace"
                                + " AND name = :name AND state = 'Complete' ORDER BY dataset_id DESC LIMIT 1")
                        .bind("namespace", namespace)
                        .bind("name", name)
                        .map((row, context) -> Dataset.of(row))
                        .findOne());
    }

    /** A dataset and whose it is. */
    public record Named(String namespace, String name, Dataset dataset) {}

    /** All datasets, the newest first. */
    public List<Named> all() {
        return database.read(
                "list datasets",
                handle -> new ArrayList<>(
                        handle.createQuery("SELECT * FROM beckon_parser.dataset ORDER BY dataset_id DESC")
                                .map((row, context) ->
                                        new Named(row.getString("namespace"), row.getString("name"), Dataset.of(row)))
                                .list()));
    }

    /** The newest whole dataset of a parser. */
    public Optional<Dataset> newest(String parserUid) {
        return database.read(
                "find the newest dataset",
                handle -> handle.createQuery("SELECT * FROM beckon_parser.dataset WHERE parser_uid = :parser"
                                + " AND state = 'Complete' ORDER BY dataset_id DESC LIMIT 1")
                        .bind("parser", parserUid)
                        .map((row, context) -> Dataset.of(row))
                        .findOne());
    }

    /** Each line of the NDJSON export without its end, in the order of the pages; read batch by batch. */
    public void forEachLine(Dataset dataset, Consumer<byte[]> lines) {
        List<Line> batch = lines(dataset, BEFORE_ALL);
        while (!batch.isEmpty()) {
            batch.forEach(line -> lines.accept(line.text));
            batch = lines(dataset, batch.getLast().ordinal);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Line(long ordinal, byte[] text) {}

    private List<Line> lines(Dataset dataset, long after) {
        return database.read(
                "read dataset",
                handle -> new ArrayList<>(handle.createQuery("SELECT ordinal, line FROM beckon_parser.parsed_person"
                                + " WHERE dataset_id = :id AND ordinal > :after ORDER BY ordinal LIMIT " + BATCH)
                        .bind("id", dataset.id())
                        .bind("after", after)
                        .map((row, context) -> {
                            long ordinal = row.getLong("ordinal");
                            return new Line(ordinal, vault.line(row.getBytes("line"), dataset.uid(), ordinal));
                        })
                        .list()));
    }

    /**
     * Some of a dataset's people, in the same order, for who reads at a pace of their own.
     *
     * @param last where the next batch begins
     */
    public record Batch(List<ParsedPerson> people, long last) {
        public Batch {
            people = List.copyOf(people);
        }
    }

    /** The people behind {@code after}; nobody at the end. */
    public Batch batch(Dataset dataset, long after) {
        List<Line> lines = lines(dataset, after);
        return new Batch(
                lines.stream().map(line -> DatasetVault.parse(line.text)).toList(),
                lines.isEmpty() ? after : lines.getLast().ordinal);
    }

    /** Each person of the dataset, in the same order. */
    public void forEach(Dataset dataset, Consumer<ParsedPerson> people) {
        forEachLine(dataset, line -> people.accept(DatasetVault.parse(line)));
    }
}
