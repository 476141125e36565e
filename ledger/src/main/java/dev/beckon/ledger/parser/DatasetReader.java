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
        long after = -1;
        List<Long> read;
        do {
            long beyond = after;
            read = database.read(
                    "read dataset",
                    handle -> handle.createQuery("SELECT ordinal, line FROM beckon_parser.parsed_person"
                                    + " WHERE dataset_id = :id AND ordinal > :after ORDER BY ordinal LIMIT " + BATCH)
                            .bind("id", dataset.id())
                            .bind("after", beyond)
                            .map((row, context) -> {
                                long ordinal = row.getLong("ordinal");
                                lines.accept(vault.line(row.getBytes("line"), dataset.uid(), ordinal));
                                return ordinal;
                            })
                            .list());
            after = read.isEmpty() ? after : read.getLast();
        } while (read.size() == BATCH);
    }

    /** Each person of the dataset, in the same order. */
    public void forEach(Dataset dataset, Consumer<ParsedPerson> people) {
        forEachLine(dataset, line -> people.accept(DatasetVault.parse(line)));
    }
}
