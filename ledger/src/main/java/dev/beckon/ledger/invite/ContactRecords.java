package dev.beckon.ledger.invite;

import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.Instants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What keeps a human from being contacted twice, or too often: calls to Telegram that were about them, open ones too, found by HMAC also
 * after they were erased from the campaign. Shown to whoever asks, and erased by nobody: without it they would be contacted again.
 */
public final class ContactRecords {
    private final Database database;
    private final PersonVault vault;

    public ContactRecords(Database database, PersonVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /**
     * One call.
     *
     * @param open whether its answer is still awaited, or looked for
     * @param status what became of it
     * @param counts whether it is a contact for the frequency cap: one that the person may have noticed
     */
    public record Contacted(
            Instant at,
            Optional<String> account,
            Optional<String> namespace,
            Optional<String> campaign,
            long chatId,
            String action,
            boolean open,
            Optional<String> status,
            boolean counts) {}

    /** Those of the human of these names, oldest first. */
    public List<Contacted> find(Collection<Identities> names) {
        List<LookupKey> lookups = names.stream()
                .flatMap(name -> vault.lookups(name).stream())
                .distinct()
                .sorted()
                .toList();
        return database.read("find contacts of a person", handle -> {
            List<Long> intents = intents(handle, lookups);
            return intents.isEmpty() ? List.of() : read(handle, intents, lookups);
        });
    }

    /** Chat by chat, since a name's key is only indexed within its chat and action. */
    private static List<Long> intents(Handle handle, List<LookupKey> lookups) {
        return handle.createQuery("SELECT intent_id FROM beckon_invite.contact WHERE lookup IN (<lookups>)"
                        + " UNION SELECT n.intent_id FROM beckon_invite.chat h STRAIGHT_JOIN beckon_invite.intent_identity n"
                        + " ON n.chat_id = h.chat_id AND n.action IN (<actions>) AND n.lookup IN (<lookups>)")
                .bindList("lookups", lookups)
                .bindList(
                        "actions",
                        Arrays.stream(Action.values()).map(Enum::name).toList())
                .mapTo(Long.class)
                .list();
    }

    private static List<Contacted> read(Handle handle, List<Long> intents, List<LookupKey> lookups) {
        return new ArrayList<>(handle.createQuery("SELECT i.opened_at, i.chat_id, i.action, i.state, i.status,"
                        + " a.name AS account, c.namespace, c.name AS campaign, EXISTS (SELECT 1 FROM beckon_invite.contact k"
                        + " WHERE k.intent_id = i.intent_id AND k.lookup IN (<lookups>)) AS counts"
                        + " FROM beckon_invite.intent i"
                        + " LEFT JOIN beckon_accounts.account a ON a.account_id = i.account_id"
                        + " LEFT JOIN beckon_invite.campaign c ON c.campaign_id = i.campaign_id"
                        + " WHERE i.intent_id IN (<intents>) ORDER BY i.opened_at, i.intent_id")
                .bindList("lookups", lookups)
                .bindList("intents", intents)
                .map((row, context) -> new Contacted(
                        Instants.of(row, "opened_at"),
                        Optional.ofNullable(row.getString("account")),
                        Optional.ofNullable(row.getString("namespace")),
                        Optional.ofNullable(row.getString("campaign")),
                        row.getLong("chat_id"),
                        row.getString("action"),
                        row.getString("state").equals("Open"),
                        Optional.ofNullable(row.getString("status")),
                        row.getBoolean("counts")))
                .list());
    }
}
