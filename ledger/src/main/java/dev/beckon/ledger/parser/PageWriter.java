package dev.beckon.ledger.parser;

import dev.beckon.ledger.invite.Suppressions;
import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.parser.Dataset.Counts;
import dev.beckon.ledger.sql.MultiRowInsert;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Writes one page within the transaction of {@link Datasets#append}, which holds the dataset's row. */
final class PageWriter {
    private final Handle handle;
    private final DatasetVault vault;
    private final Dataset dataset;

    PageWriter(Handle handle, DatasetVault vault, Dataset dataset) {
        this.handle = handle;
        this.vault = vault;
        this.dataset = dataset;
    }

    Dataset write(Datasets.Page page, long now) {
        Set<LookupKey> known = known(page.people());
        Set<LookupKey> erased = erased(page.people());
        MultiRowInsert rows = new MultiRowInsert(
                handle,
                "INSERT INTO beckon_parser.parsed_person (dataset_id, ordinal, line)",
                "(" + dataset.id() + ",?,?)");
        Map<LookupKey, Long> ordinals = new TreeMap<>();
        long next = nextOrdinal();
        long kept = 0;
        long duplicates = 0;
        long leftOut = 0;
        for (ParsedPerson person : page.people()) {
            List<LookupKey> userId = vault.ofUserId(person.userId());
            List<LookupKey> names = vault.of(person.identities());
            if (userId.stream().anyMatch(known::contains)) {
                duplicates++;
            } else if (dataset.people() + kept >= page.limit() || names.stream().anyMatch(erased::contains)) {
                leftOut++;
            } else {
                long ordinal = next++;
                known.addAll(userId);
                rows.add(ordinal, vault.seal(person, dataset.uid(), ordinal));
                names.forEach(name -> ordinals.putIfAbsent(name, ordinal));
                kept++;
            }
        }
        rows.finish();
        insert(ordinals);
        return advance(page, now, kept, duplicates, leftOut);
    }

    /** Which of the page's people are in the dataset already. */
    private Set<LookupKey> known(List<ParsedPerson> people) {
        List<LookupKey> asked = people.stream()
                .flatMap(person -> vault.ofUserId(person.userId()).stream())
                .distinct()
                .toList();
        if (asked.isEmpty()) {
            return new HashSet<>();
        }
        return new HashSet<>(handle.createQuery("SELECT lookup FROM beckon_parser.parsed_key"
                        + " WHERE dataset_id = :id AND lookup IN (<asked>)")
                .bind("id", dataset.id())
                .bindList("asked", asked)
                .map((row, context) -> new LookupKey(row.getBytes("lookup")))
                .list());
    }

    /** Who had themselves erased is collected again neither by the next page nor by a later run. */
    private Set<LookupKey> erased(List<ParsedPerson> people) {
        List<LookupKey> asked = people.stream()
                .flatMap(person -> vault.of(person.identities()).stream())
                .distinct()
                .toList();
        if (asked.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(handle.createQuery("SELECT lookup FROM beckon_invite.suppression"
                        + " WHERE lookup IN (<asked>) AND chat_id = :everywhere AND reason = :erased")
                .bindList("asked", asked)
                .bind("everywhere", Suppressions.EVERYWHERE)
                .bind("erased", Suppressions.ERASED)
                .map((row, context) -> new LookupKey(row.getBytes("lookup")))
                .list());
    }

    /** Not the count: somebody may have been erased meanwhile. */
    private long nextOrdinal() {
        return handle.createQuery("SELECT COALESCE(MAX(ordinal), -1) + 1 FROM beckon_parser.parsed_person"
                        + " WHERE dataset_id = :id")
                .bind("id", dataset.id())
                .mapTo(Long.class)
                .one();
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

    private Dataset advance(Datasets.Page page, long now, long kept, long duplicates, long leftOut) {
        Counts met = page.met();
        handle.createUpdate(
                        "UPDATE beckon_parser.dataset SET position = :next, state = :state, people = people + :kept,"
                                + " scanned = scanned + :scanned, listed = listed + :listed, chat_total = :total,"
                                + " bots = bots + :bots, deleted = deleted + :deleted, filtered = filtered + :filtered,"
                                + " duplicates = duplicates + :duplicates, last_page_at = :now,"
                                + " next_action_at = NULL, waiting_for = NULL WHERE dataset_id = :id")
                .bind("next", page.next())
                .bind("state", page.last() ? "Read" : "Reading")
                .bind("kept", kept)
                .bind("scanned", met.scanned())
                .bind("listed", met.listed())
                .bind("total", met.chatTotal())
                .bind("bots", met.bots())
                .bind("deleted", met.deleted())
                .bind("filtered", met.filtered() + leftOut)
                .bind("duplicates", met.duplicates() + duplicates)
                .bind("now", now)
                .bind("id", dataset.id())
                .execute();
        return Datasets.lock(handle, dataset.id());
    }
}
