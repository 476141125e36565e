package dev.beckon.ledger.content;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.FieldCipher;
import java.io.IOException;
import java.util.Optional;

/** Seals a post for the time in which its run sends it: it is nobody's business before it is published. */
public final class PostVault {
    private static final String TABLE = "beckon_content.publish_run";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FieldCipher cipher;

    public PostVault(FieldCipher cipher) {
        this.cipher = cipher;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Sealed(String key, String source, boolean markdown, String image) {}

    byte[] seal(TakenPost post, String scheduleUid, String runUid) {
        Sealed stored = new Sealed(
                post.key(), post.source(), post.markdown(), post.image().orElse(null));
        try {
            return cipher.encrypt(JSON.writeValueAsBytes(stored), TABLE, scheduleUid, runUid);
        } catch (IOException e) {
            throw new LedgerException("a post could not be written");
        }
    }

    TakenPost open(byte[] ciphertext, String scheduleUid, String runUid) {
        try {
            Sealed stored = JSON.readValue(cipher.decrypt(ciphertext, TABLE, scheduleUid, runUid), Sealed.class);
            return new TakenPost(stored.key, stored.source, stored.markdown, Optional.ofNullable(stored.image));
        } catch (IOException e) {
            throw new LedgerException("a post could not be read");
        }
    }
}
