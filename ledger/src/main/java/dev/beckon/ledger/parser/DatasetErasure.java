package dev.beckon.ledger.parser;

import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.SequenceLanes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Shows and erases people of datasets, one by their wish or all when the dataset's time is over. For a steward. */
public final class DatasetErasure {
    private static final int BATCH = 2_000;

    private final Database database;
    private final DatasetVault vault;

    public DatasetErasure(Database database, DatasetVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** A person in a dataset. */
    public record Kept(long datasetId, String namespace, String parser, long ordinal, ParsedPerson person) {}

    /**
     * Every row of this human, found by every name: those that a row adds are looked for, too. Empty when nothing is kept.
     */
    public List<Kept> find(Identities who) {
        Set<LookupKey> asked = new LinkedHashSet<>(vault.of(who));
        List<Kept> found = List.of();
        int before = 0;
        while (asked.size() > before) {
            before = asked.size();
            found = rows(List.copyOf(asked));
            found.forEach(kept -> asked.addAll(vault.of(kept.person.identities())));
        }
        return found;
    }

    private List<Kept> rows(List<LookupKey> asked) {
        return database.read(
                "find parsed people",
                handle -> new ArrayList<>(handle.createQuery(
                                "SELECT DISTINCT p.dataset_id, p.ordinal, p.line, d.dataset_uid, d.namespace, d.name"
                                        + " FROM beckon_parser.parsed_key k"
                                        + " JOIN beckon_parser.parsed_person p ON p.dataset_id = k.dataset_id AND p.ordinal = k.ordinal"
                                        + " JOIN beckon_parser.dataset d ON d.dataset_id = k.dataset_id"
                                        + " WHERE k.lookup IN (<asked>) ORDER BY p.dataset_id, p.ordinal")
                        .bindList("asked", asked)
                        .map((row, context) -> new Kept(
                                row.getLong("dataset_id"),
                                row.getString("namespace"),
                                row.getString("name"),
                                row.getLong("ordinal"),
                                DatasetVault.parse(vault.line(
                                        row.getBytes("line"), row.getString("dataset_uid"), row.getLong("ordinal")))))
                        .list()));
    }

    /**
     * Returns when every page that was being written at the moment of the call is written or given up. Such a page may have read the
     * suppression list before somebody came onto it, and show them only now; those that come later read the list later.
     */
    public void awaitPages() {
        List<Long> reading = database.read(
                "find datasets that are being read",
                handle -> handle.createQuery(
                                "SELECT dataset_id FROM beckon_parser.dataset WHERE state = :reading ORDER BY dataset_id")
                        .bind("reading", Dataset.State.Reading.name())
                        .mapTo(Long.class)
                        .list());
        // One at a time, since a page is written under this lock, and nobody is to wait for two.
        reading.forEach(id -> database.useTransaction("wait for a page", handle -> Datasets.lock(handle, id)));
    }

    /** Erases one row; the dataset's digest goes with it, since its export is another one now. */
    public void erase(Kept kept) {
        database.useTransaction("erase a parsed person", handle -> {
            Datasets.lock(handle, kept.datasetId);
            handle.createUpdate("DELETE FROM beckon_parser.parsed_key WHERE dataset_id = :id AND ordinal = :ordinal")
                    .bind("id", kept.datasetId)
                    .bind("ordinal", kept.ordinal)
                    .execute();
            int rows = handle.createUpdate(
                            "DELETE FROM beckon_parser.parsed_person WHERE dataset_id = :id AND ordinal = :ordinal")
                    .bind("id", kept.datasetId)
                    .bind("ordinal", kept.ordinal)
                    .execute();
            lessened(handle, kept.datasetId, rows);
        });
    }

    private static void lessened(Handle handle, long datasetId, int rows) {
        if (rows > 0) {
            handle.createUpdate(
                            "UPDATE beckon_parser.dataset SET people = people - :rows, sha256 = NULL WHERE dataset_id = :id")
                    .bind("rows", rows)
                    .bind("id", datasetId)
                    .execute();
            SequenceLanes.raise(handle, SequenceLanes.COMMON);
        }
    }

    /** How long a run that waits may take to go on once its wait is over. */
    private static final Duration GOES_ON_WITHIN = Duration.ofDays(1);

    /**
     * Datasets with people whose time is over: their {@code keepFor} after the last page. A run that waits is left alone until a
     * day after its wait: it would go on where it stood and end as whole with only the rest.
     */
    public List<Long> expired() {
        long now = database.now();
        return database.read(
                "find expired datasets",
                handle -> handle.createQuery("SELECT dataset_id FROM beckon_parser.dataset d"
                                + " WHERE keep_for_ms IS NOT NULL AND last_page_at + keep_for_ms <= :now"
                                + " AND (state = 'Complete' OR COALESCE(next_action_at, 0) + :grace <= :now) AND EXISTS"
                                + " (SELECT 1 FROM beckon_parser.parsed_person p WHERE p.dataset_id = d.dataset_id)"
                                + " ORDER BY dataset_id")
                        .bind("now", now)
                        .bind("grace", GOES_ON_WITHIN.toMillis())
                        .mapTo(Long.class)
                        .list());
    }

    /** Forgets a dataset's people; its counts stay. May be cut short at any batch and be run again. @return how many */
    public long forget(long datasetId) {
        long forgotten = 0;
        int rows;
        do {
            rows = database.inTransaction("forget parsed people", handle -> {
                Datasets.lock(handle, datasetId);
                // Keys first: a row without keys is found by the next batch, keys without a row by nobody.
                handle.createUpdate("DELETE FROM beckon_parser.parsed_key WHERE dataset_id = :id AND ordinal <= ("
                                + "SELECT COALESCE(MAX(ordinal), -1) FROM (SELECT ordinal FROM beckon_parser.parsed_person"
                                + " WHERE dataset_id = :id ORDER BY ordinal LIMIT " + BATCH + ") batch)")
                        .bind("id", datasetId)
                        .execute();
                int deleted = handle.createUpdate("DELETE FROM beckon_parser.parsed_person WHERE dataset_id = :id"
                                + " ORDER BY ordinal LIMIT " + BATCH)
                        .bind("id", datasetId)
                        .execute();
                lessened(handle, datasetId, deleted);
                return deleted;
            });
            forgotten += rows;
        } while (rows == BATCH);
        return forgotten;
    }
}
