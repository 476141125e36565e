package dev.beckon.ledger.testing;

import dev.beckon.ledger.keys.FieldCipher;
import dev.beckon.ledger.keys.LedgerKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The sessions that a ledger keeps, as they are before it encrypts them: for a search where they must not be. */
public final class SavedSessions {
    private static final String TABLE = "beckon_accounts.session_bundle";

    private SavedSessions() {}

    /**
     * Each kept version, and each file that is packed in it.
     *
     * @param keys with which they were saved
     * @param account tells by its uid whether an account's are wanted: those of other tests were saved with other keys
     */
    public static List<byte[]> of(TestDatabase database, LedgerKeys keys, Predicate<String> account) {
        FieldCipher cipher = keys.fieldCipher();
        List<byte[]> sessions = new ArrayList<>();
        try (Connection admin = database.admin();
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery("SELECT a.account_uid, s.version, s.bundle FROM " + TABLE
                        + " s JOIN beckon_accounts.account a ON a.account_id = s.account_id")) {
            while (rows.next()) {
                String uid = rows.getString("account_uid");
                if (account.test(uid)) {
                    byte[] bundle = cipher.decrypt(rows.getBytes("bundle"), TABLE, uid, rows.getLong("version"));
                    sessions.add(bundle);
                    sessions.addAll(files(bundle));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sessions;
    }

    /** Of a bundle that is no archive, none. */
    private static List<byte[]> files(byte[] bundle) throws IOException {
        List<byte[]> files = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.add(zip.readAllBytes());
            }
        }
        return files;
    }
}
