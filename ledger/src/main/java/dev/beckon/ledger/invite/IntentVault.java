package dev.beckon.ledger.invite;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.FieldCipher;
import dev.beckon.ledger.people.Identities;
import java.io.IOException;
import java.util.Optional;

/** Seals what an open intent must remember of a person: by what they are known, and what is sent to them. */
final class IntentVault {
    private static final String TABLE = "beckon_invite.intent";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FieldCipher cipher;

    IntentVault(FieldCipher cipher) {
        this.cipher = cipher;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Sealed(String p, String u, Long i, String text) {}

    /** What was stored. */
    record Detail(Identities identities, Optional<String> messageText) {}

    /** The row is named by person, action and time: its own id is not known before it is written. */
    byte[] seal(Detail detail, String campaignUid, long ordinal, Action action, long openedAt) {
        Identities who = detail.identities;
        Sealed stored = new Sealed(
                who.phone().orElse(null),
                who.username().orElse(null),
                who.userId().orElse(null),
                detail.messageText.orElse(null));
        try {
            return cipher.encrypt(JSON.writeValueAsBytes(stored), TABLE, campaignUid, ordinal, action, openedAt);
        } catch (IOException e) {
            throw new LedgerException("an intent could not be written");
        }
    }

    Detail open(byte[] ciphertext, String campaignUid, long ordinal, Action action, long openedAt) {
        try {
            Sealed stored = JSON.readValue(
                    cipher.decrypt(ciphertext, TABLE, campaignUid, ordinal, action, openedAt), Sealed.class);
            return new Detail(
                    new Identities(
                            Optional.ofNullable(stored.p),
                            Optional.ofNullable(stored.u),
                            Optional.ofNullable(stored.i)),
                    Optional.ofNullable(stored.text));
        } catch (IOException e) {
            throw new LedgerException("an intent could not be read");
        }
    }
}
