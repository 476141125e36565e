package dev.beckon.ledger.keys;

import com.google.crypto.tink.Aead;
import dev.beckon.ledger.LedgerException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Set;

/**
 * Encrypts a field for one row: the associated data names table and row, so a ciphertext that was copied to another row does
 * not decrypt there.
 */
public final class FieldCipher {
    /** Tink writes this and the key's id before each ciphertext (developers.google.com/tink/wire-format). */
    private static final byte TINK_PREFIX = 1;

    private final Aead aead;
    private final Set<Integer> keyIds;

    FieldCipher(Aead aead, Set<Integer> keyIds) {
        this.aead = aead;
        this.keyIds = keyIds;
    }

    /** What came of opening a row. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public sealed interface Opened {
        record Plain(byte[] bytes) implements Opened {
            @Override
            public String toString() {
                return "Plain[" + bytes.length + " bytes]";
            }
        }

        /** It was written with a key that is not among ours: no damage, but the wrong {@code keys.json}. */
        record OtherKeys() implements Opened {}

        /** One of our keys wrote it, and it changed since, or came from another row. */
        record Damaged() implements Opened {}
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
        return switch (open(ciphertext, table, row)) {
            case Opened.Plain(byte[] bytes) -> bytes;
            case Opened.OtherKeys _ ->
                throw new LedgerException("A row of " + table
                        + " does not decrypt: it was written with other keys than those of this keys.json.");
            case Opened.Damaged _ ->
                throw new LedgerException(
                        "A row of " + table + " does not decrypt: it was changed since it was written.");
        };
    }

    /** The same for a caller who goes on when the row is unreadable. */
    public Opened open(byte[] ciphertext, String table, Object... row) {
        try {
            return new Opened.Plain(aead.decrypt(ciphertext, associatedData(table, row)));
        } catch (GeneralSecurityException e) {
            return isOfOtherKeys(ciphertext) ? new Opened.OtherKeys() : new Opened.Damaged();
        }
    }

    private boolean isOfOtherKeys(byte[] ciphertext) {
        return ciphertext.length >= 1 + Integer.BYTES
                && ciphertext[0] == TINK_PREFIX
                && !keyIds.contains(
                        ByteBuffer.wrap(ciphertext, 1, Integer.BYTES).getInt());
    }

    private static byte[] associatedData(String table, Object... row) {
        StringBuilder text = new StringBuilder(table);
        for (Object part : row) {
            text.append('|').append(part);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
