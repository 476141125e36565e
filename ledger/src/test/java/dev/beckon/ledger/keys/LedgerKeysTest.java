package dev.beckon.ledger.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.LedgerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerKeysTest {
    private static final byte[] PLAIN = "+491701234567".getBytes(UTF_8);

    @Test
    void keysSurviveTheirDocument() {
        LedgerKeys keys = LedgerKeys.generate();
        byte[] sealed = keys.fieldCipher().encrypt(PLAIN, "t", "row", 1);
        LedgerKeys again = LedgerKeys.fromJson(keys.toJson());
        assertThat(again.fieldCipher().decrypt(sealed, "t", "row", 1)).isEqualTo(PLAIN);
        assertThat(again.lookupKeys().of("phone:+49"))
                .isEqualTo(keys.lookupKeys().of("phone:+49"));
    }

    @Test
    void ciphertextOfOneRowDoesNotOpenInAnother() {
        FieldCipher cipher = LedgerKeys.generate().fieldCipher();
        byte[] sealed = cipher.encrypt(PLAIN, "t", "row", 1);
        assertThatThrownBy(() -> cipher.decrypt(sealed, "t", "row", 2)).isInstanceOf(LedgerException.class);
        assertThatThrownBy(() -> cipher.decrypt(sealed, "u", "row", 1)).isInstanceOf(LedgerException.class);
    }

    @Test
    void aFlippedBitIsDamageAndOtherKeysAreNot() {
        FieldCipher cipher = LedgerKeys.generate().fieldCipher();
        byte[] sealed = cipher.encrypt(PLAIN, "t", 1);
        assertThat(cipher.open(sealed, "t", 1)).isInstanceOf(FieldCipher.Opened.Plain.class);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            // The four bytes after the first are the id of the key: only there a change looks like another key.
            boolean keyId = bit / 8 >= 1 && bit / 8 <= 4;
            assertThat(cipher.open(changed, "t", 1))
                    .as("bit %d", bit)
                    .isInstanceOf(keyId ? FieldCipher.Opened.OtherKeys.class : FieldCipher.Opened.Damaged.class);
        }
        assertThat(cipher.open(new byte[0], "t", 1)).isInstanceOf(FieldCipher.Opened.Damaged.class);
        assertThat(LedgerKeys.generate().fieldCipher().open(sealed, "t", 1))
                .isInstanceOf(FieldCipher.Opened.OtherKeys.class);
    }

    @Test
    void aNewAeadKeyEncryptsAndTheOldOneStillOpens() {
        LedgerKeys old = LedgerKeys.generate();
        byte[] before = old.fieldCipher().encrypt(PLAIN, "t", 1);
        LedgerKeys rotated = old.withNewAeadKey();
        assertThat(rotated.fieldCipher().decrypt(before, "t", 1)).isEqualTo(PLAIN);
        byte[] after = rotated.fieldCipher().encrypt(PLAIN, "t", 1);
        assertThatThrownBy(() -> old.fieldCipher().decrypt(after, "t", 1)).isInstanceOf(LedgerException.class);
    }

    @Test
    void aNewLookupKeyIsAddedAndTheOldOneIsStillTried() {
        LedgerKeys old = LedgerKeys.generate();
        LookupKey before = old.lookupKeys().primaryOf("username:bobby");
        LedgerKeys extended = old.withNewLookupKey();
        assertThat(extended.lookupKeys().of("username:bobby")).hasSize(2).contains(before);
        assertThat(extended.lookupKeys().primaryOf("username:bobby")).isNotEqualTo(before);
    }

    @Test
    void otherInstallationsFindNothing() {
        assertThat(LedgerKeys.generate().lookupKeys().primaryOf("username:bobby"))
                .isNotEqualTo(LedgerKeys.generate().lookupKeys().primaryOf("username:bobby"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "{}",
                "{\"version\":2}",
                "{\"version\":1}",
                "{\"version\":1,\"aead\":{},\"lookup\":{}}",
                "{\"version\":1,\"aead\":\"secret-material\"}"
            })
    void aBrokenDocumentIsRefusedWithoutItsContent(String json) {
        assertThatThrownBy(() -> LedgerKeys.fromJson(json))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("keys.json")
                .hasNoCause()
                .message()
                .doesNotContain("secret-material");
    }

    @Test
    void printingTellsNoKey() {
        LedgerKeys keys = LedgerKeys.generate();
        assertThat(keys.toString()).isEqualTo("LedgerKeys[aead=1, lookup=1]");
    }
}
