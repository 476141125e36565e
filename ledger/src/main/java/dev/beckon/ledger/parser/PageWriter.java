package dev.beckon.ledger.parser;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Leases;
import dev.beckon.ledger.invite.Suppressions;
import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.parser.Dataset.Counts;
import dev.beckon.ledger.sql.MultiRowInsert;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Writes one page within the transaction of {@link Datasets#append}, in as few ways to the database and back as it takes. */
final class PageWriter {
    private static final String LOCKED =
            "SELECT STRAIGHT_JOIN " + Leases.COLUMNS + ", d.*, (SELECT COALESCE(MAX(ordinal), -1) + 1"
                    + " FROM beckon_parser.parsed_person p WHERE p.dataset_id = d.dataset_id) AS next_ordinal"
                    + " FROM beckon_accounts.lease lease JOIN beckon_parser.dataset d"
                    + " WHERE lease.account_id = :account AND d.dataset_id = :id FOR UPDATE";

    private final Handle handle;
    private final DatasetVault vault;
    private final Dataset dataset;

    /** Not the count: somebody may have been erased meanwhile. */
    private long nextOrdinal;

    private PageWriter(Handle handle, DatasetVault vault, Dataset dataset, long nextOrdinal) {
        this.handle = handle;
        this.vault = vault;
        this.dataset = dataset;
        this.nextOrdinal = nextOrdinal;
    }

    /**
     * What became of a page.
     *
     * @param lines what its rows hold, in their order
     */
    record Written(PageResult told, List<byte[]> lines) {
        static Written nothing(PageResult told) {
            return new Written(told, List.of());
        }
    }

    /** Locks the lease's row and the dataset's; empty when the lease is not the caller's, see {@link Leases#holds}. */
    static Optional<PageWriter> lock(Handle handle, DatasetVault vault, Lease lease, long datasetId) {
        return handle.createQuery(LOCKED)
                .bind("account", lease.accountId())
                .bind("id", datasetId)
                .map((row, context) -> Leases.holds(row, lease)
                        ? Optional.of(new PageWriter(handle, vault, Dataset.of(row), row.getLong("next_ordinal")))
                        : Optional.<PageWriter>empty())
                .one();
    }

    Written write(Datasets.Page page, long now) {
        if (dataset.state() != Dataset.State.Reading || dataset.position() != page.from()) {
            return Written.nothing(new PageResult.StandsElsewhere(dataset));
        }
        List<Met> people =
                page.people().stream().map(it -> new Met(it, vault.keys(it))).toList();
        Found found = found(people);
        MultiRowInsert rows = new MultiRowInsert(
                handle,
                "INSERT INTO beckon_parser.parsed_person (dataset_id, ordinal, line)",
                "(" + dataset.id() + ",?,?)");
        Map<LookupKey, Long> ordinals = new TreeMap<>();
        List<byte[]> lines = new ArrayList<>(people.size());
        long duplicates = 0;
        long leftOut = 0;
        for (Met met : people) {
            if (met.keys.userId().stream().anyMatch(found.known::contains)) {
                duplicates++;
            } else if (dataset.people() + lines.size() >= page.limit()
                    || met.keys.all().stream().anyMatch(found.erased::contains)) {
                leftOut++;
            } else {
                long ordinal = nextOrdinal++;
                found.known.addAll(met.keys.userId());
                byte[] line = DatasetVault.print(met.person);
                rows.add(ordinal, vault.seal(line, dataset.uid(), ordinal));
                met.keys.all().forEach(name -> ordinals.putIfAbsent(name, ordinal));
                lines.add(line);
            }
        }
        rows.finish();
        insert(ordinals);
        Dataset after = dataset.after(page, lines.size(), duplicates, leftOut);
        advance(after, now);
        return new Written(new PageResult.Kept(after), lines);
    }

    private record Met(ParsedPerson person, DatasetVault.Keys keys) {}

    /**
     * What the database knows of a page's people.
     *
     * @param known who is in the dataset already, by the user id
     * @param erased who had themselves erased is collected again neither by the next page nor by a later run
     */
    private record Found(Set<LookupKey> known, Set<LookupKey> erased) {}

    private Found found(List<Met> people) {
        Found found = new Found(new HashSet<>(), new HashSet<>());
        if (people.isEmpty()) {
            return found;
        }
        Set<LookupKey> ids = new HashSet<>();
        Set<LookupKey> names = new HashSet<>();
        people.forEach(met -> {
            ids.addAll(met.keys.userId());
            names.addAll(met.keys.all());
        });
        String sql = "SELECT lookup, TRUE AS known FROM beckon_parser.parsed_key WHERE dataset_id = " + dataset.id()
                + " AND lookup IN " + placeholders(ids)
                + " UNION ALL SELECT lookup, FALSE AS known FROM beckon_invite.suppression WHERE lookup IN "
                + placeholders(names) + " AND chat_id = " + Suppressions.EVERYWHERE + " AND reason = '"
                + Suppressions.ERASED + "'";
        // By itself: Jdbi would first look through some hundred names of parameters.
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            int position = 0;
            for (LookupKey id : ids) {
                statement.setBytes(++position, id.bytes());
            }
            for (LookupKey name : names) {
                statement.setBytes(++position, name.bytes());
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    (row.getBoolean("known") ? found.known : found.erased).add(new LookupKey(row.getBytes("lookup")));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    private static String placeholders(Collection<?> values) {
        return "(" + "?,".repeat(values.size() - 1) + "?)";
    }

    /** Sorted. A username that changed hands between two pages stays with whom it was met first. */
    private void insert(Map<LookupKey, Long> names) {
        MultiRowInsert insert = new MultiRowInsert(
                handle,
                "INSERT IGNORE INTO beckon_parser.parsed_key (dataset_id, lookup, ordinal)",
                "(" + dataset.id() + ",?,?)");
        names.forEach((name, ordinal) -> insert.add(name.bytes(), ordinal));
        insert.finish();
    }

    /** The row is locked: what it held is known, and so is what it holds now. */
    private void advance(Dataset after, long now) {
        Counts counts = after.counts();
        handle.createUpdate("UPDATE beckon_parser.dataset SET position = :next, state = :state, people = :people,"
                        + " scanned = :scanned, listed = :listed, chat_total = :total, bots = :bots, deleted = :deleted,"
                        + " filtered = :filtered, duplicates = :duplicates, last_page_at = :now,"
                        + " next_action_at = NULL, waiting_for = NULL WHERE dataset_id = :id")
                .bind("next", after.position())
                .bind("state", after.state().name())
                .bind("people", after.people())
                .bind("scanned", counts.scanned())
                .bind("listed", counts.listed())
                .bind("total", counts.chatTotal())
                .bind("bots", counts.bots())
                .bind("deleted", counts.deleted())
                .bind("filtered", counts.filtered())
                .bind("duplicates", counts.duplicates())
                .bind("now", now)
                .bind("id", after.id())
                .execute();
    }
}
