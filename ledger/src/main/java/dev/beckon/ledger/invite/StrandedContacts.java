package dev.beckon.ledger.invite;

import dev.beckon.ledger.keys.FieldCipher;
import dev.beckon.ledger.keys.FieldCipher.Opened;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.Instants;
import dev.beckon.ledger.sql.SequenceLanes;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Phones that a worker imported into an account's address book and did not live to take out again: see {@link ImportedContacts}. The
 * account's next worker does; of an account that has none any more they would stay for ever. For a steward.
 */
public final class StrandedContacts {
    /** The default of all kinds of data: so long the account's next worker may take to come. */
    public static final Duration KEPT = Duration.ofDays(90);

    /** An account without a session is gone, unless somebody logs it in again soon. */
    public static final Duration KEPT_WITHOUT_SESSION = Duration.ofDays(7);

    private static final String TABLE = "beckon_invite.imported_contact";

    /** Account by account, since contacts are only indexed so: most rows of the table are of contacts that were taken out. */
    private static final String OPEN = " FROM beckon_accounts.account a STRAIGHT_JOIN " + TABLE
            + " c ON c.account_id = a.account_id AND c.deleted_at IS NULL ";

    private final Database database;
    private final FieldCipher cipher;

    public StrandedContacts(Database database, FieldCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    /**
     * One of them. Printed without the person.
     *
     * @param account in whose address book it may stand
     * @param since when it was to be imported
     */
    public record Stranded(
            long contactId, Optional<String> namespace, Optional<String> account, Instant since, Identities person) {
        @Override
        public String toString() {
            return "Stranded[contactId=" + contactId + "]";
        }
    }

    /**
     * Those of one human.
     *
     * @param unreadable how many, of whomever, do not decrypt with these keys: theirs may be among them
     */
    public record Found(List<Stranded> contacts, long unreadable) {}

    /** Those of the human of these names. There is no look-up key of them: all are opened, which are few. */
    public Found find(Collection<Identities> names) {
        List<Optional<Stranded>> all = all();
        return new Found(
                all.stream()
                        .flatMap(Optional::stream)
                        .filter(contact -> names.stream().anyMatch(name -> isOne(name, contact.person)))
                        .toList(),
                all.stream().filter(Optional::isEmpty).count());
    }

    private static boolean isOne(Identities name, Identities contact) {
        return same(name.phone(), contact.phone()) || same(name.userId(), contact.userId());
    }

    private static boolean same(Optional<?> one, Optional<?> other) {
        return one.isPresent() && one.equals(other);
    }

    private List<Optional<Stranded>> all() {
        return database.read(
                "read stranded contacts",
                handle -> handle.createQuery("SELECT c.contact_id, c.recorded_at, c.phone, c.telegram_user_id,"
                                + " a.account_uid, a.namespace, a.name" + OPEN + "ORDER BY c.contact_id")
                        .map((row, context) -> read(row))
                        .list());
    }

    /** Empty when it does not decrypt: one such row must not keep everybody from being shown and erased. */
    private Optional<Stranded> read(ResultSet row) throws SQLException {
        Opened phone =
                cipher.open(row.getBytes("phone"), TABLE, row.getString("account_uid"), row.getLong("recorded_at"));
        if (!(phone instanceof Opened.Plain(byte[] bytes))) {
            return Optional.empty();
        }
        return Optional.of(new Stranded(
                row.getLong("contact_id"),
                Optional.ofNullable(row.getString("namespace")),
                Optional.ofNullable(row.getString("name")),
                Instants.of(row, "recorded_at"),
                new Identities(
                        Optional.of(new String(bytes, StandardCharsets.UTF_8)),
                        Optional.empty(),
                        Optional.ofNullable(row.getObject("telegram_user_id", Long.class)))));
    }

    /**
     * Forgets one. It may stand in the address book still, and nobody takes it out there any more. A worker that is just at work with
     * it goes on, and takes it out.
     */
    public void forget(Stranded contact) {
        forgetAll(List.of(contact.contactId));
    }

    /** Forgets those whose account's next worker did not come. May be cut short and be run again. @return how many */
    public long forgetOld() {
        long now = database.now();
        return forgetAll(database.read(
                "find old stranded contacts",
                handle -> handle.createQuery("SELECT c.contact_id" + OPEN + "WHERE c.recorded_at <= :old"
                                + " OR (c.recorded_at <= :gone AND NOT EXISTS (SELECT 1 FROM"
                                + " beckon_accounts.session_bundle s WHERE s.account_id = a.account_id))"
                                + " ORDER BY c.contact_id")
                        .bind("old", now - KEPT.toMillis())
                        .bind("gone", now - KEPT_WITHOUT_SESSION.toMillis())
                        .mapTo(Long.class)
                        .list()));
    }

    private long forgetAll(List<Long> contactIds) {
        return contactIds.stream()
                .mapToLong(id -> database.inTransaction("forget a stranded contact", handle -> forgetOne(handle, id)))
                .sum();
    }

    private int forgetOne(Handle handle, long contactId) {
        int forgotten = handle.createUpdate("UPDATE " + TABLE + " SET deleted_at = :now, phone = NULL,"
                        + " telegram_user_id = NULL WHERE contact_id = :contact AND deleted_at IS NULL")
                .bind("now", database.now())
                .bind("contact", contactId)
                .execute();
        if (forgotten > 0) {
            SequenceLanes.raise(handle, SequenceLanes.COMMON);
        }
        return forgotten;
    }
}
