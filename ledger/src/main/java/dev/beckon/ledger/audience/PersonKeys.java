package dev.beckon.ledger.audience;

import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.sql.MultiRowInsert;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The look-up keys of a campaign's people: who is there already, by whichever name. */
final class PersonKeys {
    private final long campaignId;
    private final ImportJournal.Position position;

    PersonKeys(long campaignId, ImportJournal.Position position) {
        this.campaignId = campaignId;
        this.position = position;
    }

    /**
     * Inserts the keys that are new, and tells which were there and since which import. The keys of a person who is there
     * already by another name are kept too: from now on they are known by both.
     *
     * @param firstLineOf the keys, each with the first line that names it
     */
    Map<LookupKey, Integer> insert(Handle handle, Map<LookupKey, Long> firstLineOf) {
        if (firstLineOf.isEmpty()) {
            return Map.of();
        }
        // Sorted: neighbours land on the same page of the index, and two writers never wait in a circle.
        List<LookupKey> sorted = firstLineOf.keySet().stream().sorted().toList();
        MultiRowInsert insert = new MultiRowInsert(
                handle,
                "INSERT IGNORE INTO beckon_invite.person_key (campaign_id, lookup, ordinal, import_no)",
                "(" + campaignId + ",?,?," + position.importNo() + ")");
        for (LookupKey lookup : sorted) {
            insert.add(lookup.bytes(), position.firstOrdinal() + firstLineOf.get(lookup));
        }
        if (insert.finish() == sorted.size()) {
            return Map.of();
        }
        return earlier(handle, sorted, firstLineOf);
    }

    private record EarlierKey(LookupKey lookup, int importNo, long ordinal, boolean isPerson) {}

    private Map<LookupKey, Integer> earlier(Handle handle, List<LookupKey> lookups, Map<LookupKey, Long> firstLineOf) {
        List<EarlierKey> found = handle.createQuery("SELECT k.lookup, k.ordinal, k.import_no,"
                        + " p.ordinal IS NOT NULL AS is_person FROM beckon_invite.person_key k"
                        + " LEFT JOIN beckon_invite.person p ON p.campaign_id = k.campaign_id AND p.ordinal = k.ordinal"
                        + " WHERE k.campaign_id = :campaign AND k.lookup IN (<lookups>)")
                .bind("campaign", campaignId)
                .bindList("lookups", lookups)
                .map((row, context) -> new EarlierKey(
                        new LookupKey(row.getBytes("lookup")),
                        row.getInt("import_no"),
                        row.getLong("ordinal"),
                        row.getBoolean("is_person")))
                .list();
        Map<LookupKey, Integer> earlier = new HashMap<>();
        for (EarlierKey key : found) {
            long ownOrdinal = position.firstOrdinal() + firstLineOf.get(key.lookup);
            boolean ofThisImport = key.importNo == position.importNo();
            if (ofThisImport && key.ordinal == ownOrdinal) {
                continue;
            }
            if (ofThisImport || key.isPerson) {
                earlier.put(key.lookup, key.importNo);
            } else {
                takeOver(handle, key.lookup, ownOrdinal);
            }
        }
        return earlier;
    }

    /** An earlier import skipped this human, for lack of consent perhaps; this one judges anew. */
    private void takeOver(Handle handle, LookupKey lookup, long ordinal) {
        handle.createUpdate("UPDATE beckon_invite.person_key SET ordinal = :ordinal, import_no = :no"
                        + " WHERE campaign_id = :campaign AND lookup = :lookup")
                .bind("ordinal", ordinal)
                .bind("no", position.importNo())
                .bind("campaign", campaignId)
                .bind("lookup", lookup)
                .execute();
    }
}
