package dev.beckon.ledger.invite;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.FieldCipher;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Names;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Seals what an open intent must remember of a person: by what they are known, and what is sent to them. */
final class IntentVault {
    private static final String TABLE = "beckon_invite.intent";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FieldCipher cipher;

    IntentVault(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /**
     * The stored shape.
     *
     * @param told absent in rows of an older release, which mixed what Telegram told into what the list says
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Sealed(String p, String u, Long i, String text, List<Told> told) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Told(String p, String u, Long i) {
        static Told of(Identities who) {
            return new Told(
                    who.phone().orElse(null),
                    who.username().orElse(null),
                    who.userId().orElse(null));
        }

        Identities identities() {
            return IntentVault.identities(p, u, i);
        }
    }

    /** What was stored. */
    record Detail(Names names, Optional<String> messageText) {}

    /** The row is named by person, action and time: its own id is not known before it is written. */
    byte[] seal(Detail detail, String campaignUid, long ordinal, Action action, long openedAt) {
        Identities who = detail.names.listed();
        Sealed stored = new Sealed(
                who.phone().orElse(null),
                who.username().orElse(null),
                who.userId().orElse(null),
                detail.messageText.orElse(null),
                detail.names.told().stream().map(Told::of).toList());
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
                    new Names(
                            identities(stored.p, stored.u, stored.i),
                            Optional.ofNullable(stored.told).orElse(List.of()).stream()
                                    .map(Told::identities)
                                    .toList()),
                    Optional.ofNullable(stored.text));
        } catch (IOException e) {
            throw new LedgerException("an intent could not be read");
        }
    }

    private static Identities identities(String phone, String username, Long userId) {
        return new Identities(Optional.ofNullable(phone), Optional.ofNullable(username), Optional.ofNullable(userId));
    }
}
