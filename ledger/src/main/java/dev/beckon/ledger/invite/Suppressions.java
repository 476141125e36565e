package dev.beckon.ledger.invite;

import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.SequenceLanes;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Who opted out. Keyed by HMAC of phone, username and user id, so that it outlives the person's erasure; never taken back. */
public final class Suppressions {
    /** Stands for every chat; no chat of Telegram has this id. */
    public static final long EVERYWHERE = 0;

    /** Why somebody is on it who had themselves erased. */
    public static final String ERASED = "Erased";

    /** Counts the entries of {@code <lookups>} for {@code :chat} and for every chat. */
    static final String ENTRIES = "SELECT COUNT(*) FROM beckon_invite.suppression WHERE lookup IN (<lookups>)"
            + " AND chat_id IN (" + EVERYWHERE + ", :chat)";

    private final Database database;
    private final PersonVault vault;

    public Suppressions(Database database, PersonVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** Where a person opted out. */
    public enum Scope {
        Everywhere,
        ThisChat
    }

    /**
     * Puts people on the list.
     *
     * @param chatId the chat they opted out of; empty for everywhere
     * @param reason a word in CamelCase
     */
    public void add(Collection<Identities> people, OptionalLong chatId, String reason) {
        if (people.isEmpty()) {
            return;
        }
        database.useTransaction("suppress", handle -> {
            for (Identities person : people) {
                insert(handle, vault.lookups(person), chatId.orElse(EVERYWHERE), reason, database.now());
            }
            SequenceLanes.raise(handle, SequenceLanes.COMMON);
        });
    }

    /** Whether a person must not be contacted for this chat. */
    public boolean covers(Identities person, long chatId) {
        return database.read(
                "look up suppression",
                handle -> covers(handle.createQuery("SELECT (" + ENTRIES + ")")
                        .bindList("lookups", vault.lookups(person))
                        .bind("chat", chatId)
                        .mapTo(Integer.class)
                        .one()));
    }

    static void insert(Handle handle, List<LookupKey> lookups, long chatId, String reason, long now) {
        PreparedBatch batch = handle.prepareBatch(
                "INSERT IGNORE INTO beckon_invite.suppression (lookup, chat_id, reason, suppressed_at)"
                        + " VALUES (:lookup, :chat, :reason, :now)");
        for (LookupKey lookup : lookups) {
            batch.bind("lookup", lookup)
                    .bind("chat", chatId)
                    .bind("reason", reason)
                    .bind("now", now)
                    .add();
        }
        batch.execute();
    }

    /** Whether that many entries keep a person from being contacted. */
    static boolean covers(int entries) {
        return entries > 0;
    }
}
