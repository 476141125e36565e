package dev.beckon.ledger.steward;

import dev.beckon.ledger.invite.Suppressions;
import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.keys.LookupKeys;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.Instants;
import dev.beckon.ledger.sql.SequenceLanes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The suppression list in the hands of the team. Each change and its line in the audit are one transaction, and each may be
 * repeated after a crash: what is there already is neither added nor written down twice.
 */
public final class SuppressionList {
    /** No chat of Telegram has this id. */
    private static final long EVERYWHERE = 0;

    private static final int PAGE = 2_000;

    private final Database database;
    private final PersonVault vault;

    public SuppressionList(Database database, PersonVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /**
     * Puts people on the list, by every name that is given of them.
     *
     * @param people a batch of at most some thousand
     * @param chatId the chat they are not to be contacted for; empty for every chat
     * @return how many of the entries were not there before
     */
    public int add(Collection<Identities> people, OptionalLong chatId, Decision decision) {
        return insert("suppress by hand", entries(people, chatId, decision), Change.Action.Added, decision);
    }

    private List<Suppressed> entries(Collection<Identities> people, OptionalLong chatId, Decision decision) {
        Instant now = Instant.ofEpochMilli(database.now());
        return people.stream()
                .flatMap(person -> vault.lookups(person).stream())
                .distinct()
                .sorted()
                .map(lookup -> new Suppressed(lookup, chatId, decision.reason(), now))
                .toList();
    }

    /**
     * Puts people on the list, for every chat, because they had themselves erased. Who is on it already stays there for this reason from
     * now on: by it parsers know whom they must not collect again.
     *
     * @param decision why and by whom; its reason is {@link Suppressions#ERASED}
     */
    public void erased(Collection<Identities> people, Decision decision) {
        List<Suppressed> entries = entries(people, OptionalLong.empty(), decision);
        if (entries.isEmpty()) {
            return;
        }
        database.useTransaction("suppress the erased", handle -> {
            handle.createUpdate("DELETE FROM beckon_invite.suppression WHERE lookup IN (<lookups>) AND chat_id = :chat"
                            + " AND reason <> :reason")
                    .bindList(
                            "lookups", entries.stream().map(Suppressed::lookup).toList())
                    .bind("chat", EVERYWHERE)
                    .bind("reason", decision.reason())
                    .execute();
            insert(handle, entries, Change.Action.Added, decision);
        });
    }

    /** Brings back entries of an earlier export, each with its own reason and time; answers how many were missing. */
    public int restore(List<Suppressed> entries, Decision decision) {
        return insert("restore suppressions", entries, Change.Action.Restored, decision);
    }

    private int insert(String step, List<Suppressed> entries, Change.Action action, Decision decision) {
        if (entries.isEmpty()) {
            return 0;
        }
        return database.inTransaction(step, handle -> insert(handle, entries, action, decision));
    }

    private int insert(Handle handle, List<Suppressed> entries, Change.Action action, Decision decision) {
        Set<Place> there = present(handle, entries);
        List<Suppressed> missing =
                entries.stream().filter(entry -> there.add(Place.of(entry))).toList();
        if (missing.isEmpty()) {
            return 0;
        }
        // IGNORE: a worker may have suppressed the same person since we looked.
        PreparedBatch batch = handle.prepareBatch(
                "INSERT IGNORE INTO beckon_invite.suppression (lookup, chat_id, reason, suppressed_at)"
                        + " VALUES (:lookup, :chat, :reason, :since)");
        for (Suppressed entry : missing) {
            batch.bind("lookup", entry.lookup())
                    .bind("chat", chat(entry.chatId()))
                    .bind("reason", entry.reason())
                    .bind("since", entry.since().toEpochMilli())
                    .add();
        }
        batch.execute();
        record(handle, missing, action, decision);
        SequenceLanes.raise(handle, SequenceLanes.COMMON);
        return missing.size();
    }

    /**
     * Takes a person off the list, by the names that are given: an entry by another name of theirs stays, and so stays the
     * person suppressed for whoever knows them by that.
     *
     * @param chatId the entries for this chat; empty for those for every chat
     * @return how many entries went
     */
    public int remove(Collection<Identities> people, OptionalLong chatId, Decision decision) {
        if (people.isEmpty()) {
            return 0;
        }
        List<LookupKey> lookups = people.stream()
                .flatMap(person -> vault.lookups(person).stream())
                .distinct()
                .sorted()
                .toList();
        return database.inTransaction("take off the suppression list", handle -> {
            List<Suppressed> going = handle.createQuery("SELECT lookup, chat_id, reason, suppressed_at"
                            + " FROM beckon_invite.suppression WHERE lookup IN (<lookups>) AND chat_id = :chat"
                            + " ORDER BY lookup FOR UPDATE")
                    .bindList("lookups", lookups)
                    .bind("chat", chat(chatId))
                    .map((row, context) -> read(row))
                    .list();
            if (going.isEmpty()) {
                return 0;
            }
            record(handle, going, Change.Action.Removed, decision);
            handle.createUpdate("DELETE FROM beckon_invite.suppression WHERE lookup IN (<lookups>) AND chat_id = :chat")
                    .bindList("lookups", going.stream().map(Suppressed::lookup).toList())
                    .bind("chat", chat(chatId))
                    .execute();
            SequenceLanes.raise(handle, SequenceLanes.COMMON);
            return going.size();
        });
    }

    /** The entries by which a person is on the list, for every chat and for single ones. */
    public List<Suppressed> of(Identities person) {
        return database.read(
                "look up suppressions",
                handle -> handle.createQuery(
                                "SELECT lookup, chat_id, reason, suppressed_at"
                                        + " FROM beckon_invite.suppression WHERE lookup IN (<lookups>) ORDER BY chat_id, suppressed_at")
                        .bindList("lookups", vault.lookups(person))
                        .map((row, context) -> read(row))
                        .list());
    }

    /** The whole list, page by page, in bounded memory. Entries that come while it is read may be among them or not. */
    public void forEach(Consumer<Suppressed> reader) {
        Place after = new Place(new LookupKey(new byte[LookupKeys.LENGTH]), Long.MIN_VALUE);
        while (true) {
            Place from = after;
            List<Suppressed> page = database.read(
                    "read suppressions",
                    handle -> handle.createQuery("SELECT lookup, chat_id, reason, suppressed_at"
                                    + " FROM beckon_invite.suppression WHERE lookup > :lookup"
                                    + " OR (lookup = :lookup AND chat_id > :chat) ORDER BY lookup, chat_id LIMIT "
                                    + PAGE)
                            .bind("lookup", from.lookup)
                            .bind("chat", from.chat)
                            .map((row, context) -> read(row))
                            .list());
            page.forEach(reader);
            if (page.size() < PAGE) {
                return;
            }
            after = Place.of(page.getLast());
        }
    }

    /** Every change by hand, oldest first, page by page. */
    public void audit(Consumer<Change> reader) {
        long after = 0;
        while (true) {
            long from = after;
            List<Numbered> page = database.read(
                    "read the suppression list's audit",
                    handle -> handle.createQuery("SELECT change_id, at, lookup, chat_id, action, reason, decided_by"
                                    + " FROM beckon_audit.suppression_change WHERE change_id > :after"
                                    + " ORDER BY change_id LIMIT " + PAGE)
                            .bind("after", from)
                            .map((row, context) -> change(row))
                            .list());
            page.forEach(numbered -> reader.accept(numbered.change));
            if (page.size() < PAGE) {
                return;
            }
            after = page.getLast().id;
        }
    }

    /** Where an entry stands in the list. */
    private record Place(LookupKey lookup, long chat) {
        static Place of(Suppressed entry) {
            return new Place(entry.lookup(), SuppressionList.chat(entry.chatId()));
        }
    }

    private record Numbered(long id, Change change) {}

    private static Set<Place> present(Handle handle, List<Suppressed> entries) {
        return new HashSet<>(handle.createQuery(
                        "SELECT lookup, chat_id FROM beckon_invite.suppression WHERE lookup IN (<lookups>)")
                .bindList(
                        "lookups",
                        entries.stream().map(Suppressed::lookup).distinct().toList())
                .map((row, context) -> new Place(new LookupKey(row.getBytes("lookup")), row.getLong("chat_id")))
                .list());
    }

    private void record(Handle handle, List<Suppressed> entries, Change.Action action, Decision decision) {
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO beckon_audit.suppression_change"
                        + " (at, lookup, chat_id, action, reason, decided_by) VALUES (:at, :lookup, :chat, :action, :reason, :by)");
        for (Suppressed entry : entries) {
            batch.bind("at", database.now())
                    .bind("lookup", entry.lookup())
                    .bind("chat", chat(entry.chatId()))
                    .bind("action", action.name())
                    .bind("reason", decision.reason())
                    .bind("by", decision.by())
                    .add();
        }
        batch.execute();
    }

    private static Suppressed read(ResultSet row) throws SQLException {
        return new Suppressed(
                new LookupKey(row.getBytes("lookup")),
                chatOf(row),
                row.getString("reason"),
                Instants.of(row, "suppressed_at"));
    }

    private static Numbered change(ResultSet row) throws SQLException {
        Instant at = Instants.of(row, "at");
        Decision decision = new Decision(row.getString("reason"), row.getString("decided_by"));
        Suppressed entry = new Suppressed(new LookupKey(row.getBytes("lookup")), chatOf(row), decision.reason(), at);
        return new Numbered(
                row.getLong("change_id"),
                new Change(at, Change.Action.valueOf(row.getString("action")), entry, decision));
    }

    private static OptionalLong chatOf(ResultSet row) throws SQLException {
        long chat = row.getLong("chat_id");
        return chat == EVERYWHERE ? OptionalLong.empty() : OptionalLong.of(chat);
    }

    private static long chat(OptionalLong chatId) {
        return chatId.orElse(EVERYWHERE);
    }
}
