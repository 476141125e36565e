package dev.beckon.demo.proof;

import dev.beckon.leakscan.SecretBytes;
import dev.beckon.ledger.keys.FieldCipher;
import dev.beckon.ledger.keys.LedgerKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What makes whoever has it a team's account: the auth keys that Telegram knows, and the sessions that the ledger keeps. */
public final class SessionSecrets {
    private static final String TABLE = "beckon_accounts.session_bundle";

    private SessionSecrets() {}

    /**
     * Collects them.
     *
     * @param admin may read everything
     * @throws IllegalStateException when Telegram never made a key: a scan for nothing finds nothing
     */
    public static SecretBytes of(TruthDoor truth, Connection admin, LedgerKeys ledgerKeys) {
        List<byte[]> keys = truth.authKeys();
        if (keys.isEmpty()) {
            throw new IllegalStateException("Telegram never made an auth key: there is nothing to search for");
        }
        SecretBytes secrets = new SecretBytes();
        keys.forEach(key -> secrets.with("an auth key", key));
        withSavedSessions(secrets, admin, ledgerKeys.fieldCipher());
        return secrets;
    }

    /** Each kept version decrypted, and the files packed in it. */
    private static void withSavedSessions(SecretBytes secrets, Connection admin, FieldCipher cipher) {
        try (Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery("SELECT a.account_uid, s.version, s.bundle FROM " + TABLE
                        + " s JOIN beckon_accounts.account a ON a.account_id = s.account_id")) {
            while (rows.next()) {
                byte[] bundle = cipher.decrypt(
                        rows.getBytes("bundle"), TABLE, rows.getString("account_uid"), rows.getLong("version"));
                secrets.with("a saved session", bundle);
                withFiles(secrets, bundle);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the saved sessions can't be read from the ledger", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a saved session can't be unpacked", e);
        }
    }

    private static void withFiles(SecretBytes secrets, byte[] bundle) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                secrets.with("a saved session", zip.readAllBytes());
            }
        }
    }
}
