package dev.beckon.ledger.invite;

import dev.beckon.ledger.accounts.Usage;
import dev.beckon.ledger.keys.LookupKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What the rules are asked about, read in one statement: a person costs many questions, and each statement a way to the database.
 *
 * @param accountUses how often the account's user did the like within the window
 * @param countedInChat whether the person counts for the chat's limit already: an invite and its message are one person
 * @param chatWaitUntil what Telegram told to wait for the chat
 * @param chatPeople how many people count for the chat's limit
 * @param suppressions entries of the suppression list that are about the person
 * @param actedOn whether this human had this action in this chat, by whatever name; or was brought into it by another campaign:
 *     nobody writes to a member, so whoever is written to now has left since
 * @param askedAt when the person came by webhook; empty for whom a list named
 * @param contacts earlier contacts with this human, one per person of a campaign: an invite and its message are one contact
 */
record RuleFacts(
        Optional<Breakers.Open> breaker,
        int accountUses,
        boolean countedInChat,
        Instant chatWaitUntil,
        int chatPeople,
        int suppressions,
        boolean actedOn,
        Optional<Instant> askedAt,
        List<Instant> contacts) {

    private static final String SQL = "SELECT 'Breaker' AS fact, 0 AS number, breaker_id, reason, message FROM ("
            + Breakers.PAUSING + ") pausing"
            + count(
                    "AccountUses",
                    "beckon_accounts.account_use WHERE telegram_user_id = :user AND kind = :kind AND used_at > :since")
            + count(
                    "CountedInChat",
                    "beckon_invite.intent WHERE campaign_id = :campaign AND ordinal = :ordinal AND chat_id = :chat"
                            + " AND counted AND opened_at > :since")
            + number("ChatWait", "SELECT COALESCE(MAX(wait_until), 0) FROM beckon_invite.chat WHERE chat_id = :chat")
            + count("ChatPeople", "beckon_invite.intent WHERE chat_id = :chat AND counted AND opened_at > :since")
            + number("Suppressions", Suppressions.ENTRIES)
            + count(
                    "ActedOn",
                    "beckon_invite.intent_identity known WHERE chat_id = :chat AND action IN (:action, 'Invite')"
                            + " AND lookup IN (<lookups>) AND (action = :action OR EXISTS (SELECT 1 FROM beckon_invite.intent i"
                            + " WHERE i.intent_id = known.intent_id AND i.status = 'Invited'"
                            + " AND NOT (i.campaign_id = :campaign AND i.ordinal = :ordinal)))")
            + number(
                    "AskedAt",
                    "SELECT COALESCE(MAX(asked_at), 0) FROM beckon_invite.person"
                            + " WHERE campaign_id = :campaign AND ordinal = :ordinal")
            + " UNION ALL SELECT 'Contact', MAX(contacted_at), '', '', '' FROM beckon_invite.contact"
            + " WHERE lookup IN (<lookups>) AND contacted_at > :capSince"
            + " AND NOT (campaign_id = :campaign AND ordinal = :ordinal) GROUP BY campaign_id, ordinal";

    private static String count(String fact, String from) {
        return number(fact, "SELECT COUNT(*) FROM " + from);
    }

    private static String number(String fact, String query) {
        return " UNION ALL SELECT '" + fact + "', (" + query + "), '', '', ''";
    }

    /** Reads them as they are committed now; what they say stays true only where the caller locked what they are about. */
    static RuleFacts read(
            Handle handle,
            PersonRow person,
            long telegramUserId,
            OpenRequest request,
            List<LookupKey> lookups,
            long now) {
        Reading reading = new Reading();
        handle.createQuery(SQL)
                .bind("campaign", person.campaignId())
                .bind("ordinal", person.ordinal())
                .bind("user", telegramUserId)
                .bind("kind", request.action().usage().name())
                .bind("since", now - Usage.WINDOW.toMillis())
                .bind("chat", request.chatId())
                .bind("action", request.action().name())
                .bindList("lookups", lookups)
                .bind("capSince", now - FrequencyCap.LONG.toMillis())
                .map((row, context) -> reading.take(row))
                .list();
        return reading.facts();
    }

    private static final class Reading {
        private final Map<String, Long> numbers = new HashMap<>();
        private final List<Instant> contacts = new ArrayList<>();
        private Optional<Breakers.Open> breaker = Optional.empty();

        private String take(ResultSet row) throws SQLException {
            String fact = row.getString(1);
            switch (fact) {
                case "Breaker" ->
                    breaker = Optional.of(new Breakers.Open(row.getString(3), row.getString(4), row.getString(5)));
                case "Contact" -> contacts.add(Instant.ofEpochMilli(row.getLong(2)));
                default -> numbers.put(fact, row.getLong(2));
            }
            return fact;
        }

        private RuleFacts facts() {
            return new RuleFacts(
                    breaker,
                    count("AccountUses"),
                    count("CountedInChat") > 0,
                    Instant.ofEpochMilli(numbers.get("ChatWait")),
                    count("ChatPeople"),
                    count("Suppressions"),
                    count("ActedOn") > 0,
                    Optional.of(numbers.get("AskedAt")).filter(at -> at > 0).map(Instant::ofEpochMilli),
                    contacts);
        }

        private int count(String fact) {
            return Math.toIntExact(numbers.get(fact));
        }
    }
}
