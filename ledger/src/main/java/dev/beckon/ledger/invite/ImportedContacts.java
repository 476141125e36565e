package dev.beckon.ledger.invite;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Leases;
import dev.beckon.ledger.keys.FieldCipher;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.Instants;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Phones imported as Telegram contacts: recorded before, marked deleted when they are out of the address book, or never were in it, so that none
 * stays behind for ever.
 */
public final class ImportedContacts {
    private static final String TABLE = "beckon_invite.imported_contact";

    private final Database database;
    private final FieldCipher cipher;

    public ImportedContacts(Database database, FieldCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    /**
     * A contact that may stand in the account's address book. Printed without the person.
     *
     * @param since when it was about to be imported
     * @param telegramUserId absent when no answer told it: look for the phone in the address book
     */
    public record ImportedContact(long contactId, String phone, Instant since, Optional<Long> telegramUserId) {
        @Override
        public String toString() {
            return "ImportedContact[contactId=" + contactId + "]";
        }
    }

    /** Records that a phone is about to be imported. @return empty when the lease is lost: do not import */
    public Optional<ImportedContact> record(Lease lease, String phone) {
        long now = database.now();
        return database.inTransaction("record imported contact", handle -> {
            if (!Leases.holds(handle, lease)) {
                return Optional.empty();
            }
            long id = handle.createUpdate("INSERT INTO " + TABLE + " (account_id, recorded_at, phone)"
                            + " VALUES (:account, :now, :phone)")
                    .bind("account", lease.accountId())
                    .bind("now", now)
                    .bind(
                            "phone",
                            cipher.encrypt(phone.getBytes(StandardCharsets.UTF_8), TABLE, lease.accountUid(), now))
                    .executeAndReturnGeneratedKeys()
                    .mapTo(Long.class)
                    .one();
            return Optional.of(new ImportedContact(id, phone, Instant.ofEpochMilli(now), Optional.empty()));
        });
    }

    /** Telegram told who it is; of whom a steward erased meanwhile nothing is written. @return false when the lease is lost */
    public boolean imported(Lease lease, long contactId, long telegramUserId) {
        return database.inTransaction("complete imported contact", handle -> {
            if (!Leases.holds(handle, lease)) {
                return false;
            }
            handle.createUpdate("UPDATE " + TABLE + " SET telegram_user_id = :user WHERE contact_id = :contact"
                            + " AND account_id = :account AND deleted_at IS NULL")
                    .bind("user", telegramUserId)
                    .bind("contact", contactId)
                    .bind("account", lease.accountId())
                    .execute();
            return true;
        });
    }

    /** It is out of the address book: its phone and id are forgotten. @return false when the lease is lost */
    public boolean deleted(Lease lease, long contactId) {
        long now = database.now();
        return database.inTransaction(
                "forget imported contact",
                handle -> Leases.holds(handle, lease)
                        && handle.createUpdate(
                                                "UPDATE " + TABLE + " SET deleted_at = :now, phone = NULL,"
                                                        + " telegram_user_id = NULL WHERE contact_id = :contact AND account_id = :account")
                                        .bind("now", now)
                                        .bind("contact", contactId)
                                        .bind("account", lease.accountId())
                                        .execute()
                                == 1);
    }

    /** What may still stand in the address book, oldest first. */
    public List<ImportedContact> leftBehind(Lease lease) {
        return database.read(
                "read imported contacts",
                handle -> handle.createQuery("SELECT contact_id, phone, recorded_at, telegram_user_id FROM " + TABLE
                                + " WHERE account_id = :account AND deleted_at IS NULL ORDER BY contact_id")
                        .bind("account", lease.accountId())
                        .map((row, context) -> new ImportedContact(
                                row.getLong("contact_id"),
                                new String(
                                        cipher.decrypt(
                                                row.getBytes("phone"),
                                                TABLE,
                                                lease.accountUid(),
                                                row.getLong("recorded_at")),
                                        StandardCharsets.UTF_8),
                                Instants.of(row, "recorded_at"),
                                Optional.ofNullable(row.getObject("telegram_user_id", Long.class))))
                        .list());
    }
}
