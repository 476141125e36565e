package dev.beckon.ledger.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.beckon.ledger.LedgerException;
import java.nio.charset.StandardCharsets;

/** A {@code keys.json} that was cut off, edited or mixed up is refused in a sentence, and nothing of a key is told. */
class LedgerKeysFuzzTest {
    /** In the inputs each key's material has it. */
    private static final String CANARY = "Zanzibar77";

    @FuzzTest
    void document(byte[] bytes) {
        byte[] secret = "somebody".getBytes(StandardCharsets.UTF_8);
        try {
            LedgerKeys keys = LedgerKeys.fromJson(new String(bytes, StandardCharsets.UTF_8));
            byte[] sealed = keys.fieldCipher().encrypt(secret, "table", 1);
            LedgerKeys again = LedgerKeys.fromJson(keys.toJson());
            assertThat(again.fieldCipher().decrypt(sealed, "table", 1)).isEqualTo(secret);
            assertThat(again.lookupKeys().primaryOf("phone:+4917612345678"))
                    .isEqualTo(keys.lookupKeys().primaryOf("phone:+4917612345678"));
            assertThat(keys.toString()).doesNotContain(CANARY);
        } catch (LedgerException e) {
            assertThat(e).hasNoCause();
            assertThat(e.getMessage()).doesNotContain(CANARY);
        }
    }

    @FuzzTest
    void ciphertext(byte[] bytes) {
        LedgerKeys keys = Holder.KEYS;
        // Nobody forges one; that it is not opened is the point, and that it is not taken for anything but what it is.
        assertThat(keys.fieldCipher().open(bytes, "table", 1)).isNotInstanceOf(FieldCipher.Opened.Plain.class);
    }

    private static final class Holder {
        static final LedgerKeys KEYS = LedgerKeys.generate();
    }
}
