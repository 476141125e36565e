package dev.beckon.ledger.webhook;

import dev.beckon.ledger.keys.LookupKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What events are judged by, read in one statement while the door's row is locked: so it holds until they are written.
 *
 * @param nextOrdinal the number behind those of these events
 * @param seen the numbers of earlier events, by what a repeat is known by
 * @param people the numbers of the campaign's people, by their names
 * @param suppressed who opted out, everywhere or of the campaign's chat
 */
record WebhookFacts(
        long nextOrdinal, Map<LookupKey, Long> seen, Map<LookupKey, Long> people, Set<LookupKey> suppressed) {
    private static final String SQL =
            "SELECT 'Next' AS fact, X'' AS lookup, next_ordinal AS number FROM beckon_invite.webhook_door"
                    + " WHERE campaign_id = :campaign"
                    + " UNION ALL SELECT 'Seen', seen_key, ordinal FROM beckon_invite.webhook_seen"
                    + " WHERE campaign_id = :campaign AND seen_key IN (<seen>) AND until_at > :now"
                    + " UNION ALL SELECT 'Person', k.lookup, k.ordinal FROM beckon_invite.person_key k"
                    + " JOIN beckon_invite.person p ON p.campaign_id = k.campaign_id AND p.ordinal = k.ordinal"
                    + " WHERE k.campaign_id = :campaign AND k.lookup IN (<people>)"
                    + " UNION ALL SELECT 'Suppressed', s.lookup, 0 FROM beckon_invite.suppression s"
                    + " JOIN beckon_invite.campaign c ON c.campaign_id = :campaign"
                    + " WHERE s.lookup IN (<people>) AND (s.chat_id = 0 OR s.chat_id = c.chat_id)";

    static WebhookFacts read(
            Handle handle, long campaignId, Collection<LookupKey> seen, Collection<LookupKey> people, long now) {
        Reading reading = new Reading();
        handle.createQuery(SQL)
                .bind("campaign", campaignId)
                .bindList("seen", List.copyOf(seen))
                .bindList("people", List.copyOf(people))
                .bind("now", now)
                .map((row, context) -> reading.take(row))
                .list();
        return new WebhookFacts(reading.next, reading.seen, reading.people, reading.suppressed);
    }

    private static final class Reading {
        private final Map<LookupKey, Long> seen = new HashMap<>();
        private final Map<LookupKey, Long> people = new HashMap<>();
        private final Set<LookupKey> suppressed = new HashSet<>();
        private long next;

        private String take(ResultSet row) throws SQLException {
            String fact = row.getString(1);
            long number = row.getLong(3);
            switch (fact) {
                case "Next" -> next = number;
                case "Seen" -> seen.put(new LookupKey(row.getBytes(2)), number);
                case "Person" -> people.put(new LookupKey(row.getBytes(2)), number);
                default -> suppressed.add(new LookupKey(row.getBytes(2)));
            }
            return fact;
        }
    }
}
