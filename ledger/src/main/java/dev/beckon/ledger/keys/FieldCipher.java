package dev.beckon.ledger.keys;

import com.google.crypto.tink.Aead;
import dev.beckon.ledger.LedgerException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Encrypts a field for one row: the associated data names table and row, so a ciphertext that was copied to another row does
 * not decrypt there.
 */
public final class FieldCipher {
    private final Aead aead;

    FieldCipher(Aead aead) {
        this.aead = aead;
    }

    /**
     * @param table with its database, such as {@code beckon_invite.person}
     * @param row what identifies the row, also in a restored database
     */
    public byte[] encrypt(byte[] plaintext, String table, Object... row) {
        try {
            return aead.encrypt(plaintext, associatedData(table, row));
        } catch (GeneralSecurityException e) {
            throw new LedgerException("encrypting a field of " + table + " failed");
        }
    }

    /** @throws LedgerException when the row was made with other keys, or was tampered with */
    public byte[] decrypt(byte[] ciphertext, String table, Object... row) {
        try {
            return aead.decrypt(ciphertext, associatedData(table, row));
        } catch (GeneralSecurityException e) {
            throw new LedgerException(
                    "A row of " + table
                            + " does not decrypt: it was written with other keys than those of this keys.json, or changed since.");
        }
    }

    private static byte[] associatedData(String table, Object... row) {
        StringBuilder text = new StringBuilder(table);
        for (Object part : row) {
            text.append('|').append(part);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
