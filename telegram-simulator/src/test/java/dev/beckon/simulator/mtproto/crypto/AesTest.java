package dev.beckon.simulator.mtproto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.simulator.mtproto.crypto.Aes.KeyAndIv;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AesTest {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** The first vector of OpenSSL's igetest, by which other implementations of IGE are measured as well. */
    @Test
    void igeGivesOpenSslsKnownAnswer() {
        KeyAndIv secret = new KeyAndIv(
                hex("000102030405060708090a0b0c0d0e0f"),
                hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
        assertThat(HexFormat.of().formatHex(Aes.igeEncrypt(new byte[32], secret)))
                .isEqualTo("1a8519a6557be652e9da8e43da4ef4453cf456b4ca488aa383c79c98b34797cb");
    }

    @Property(tries = 100)
    void whatIsEncryptedIsDecryptedAgain(
            @ForAll @Size(32) byte[] key, @ForAll @Size(32) byte[] iv, @ForAll @Size(96) byte[] plain) {
        KeyAndIv secret = new KeyAndIv(key, iv);
        assertThat(Aes.igeDecrypt(Aes.igeEncrypt(plain, secret), secret)).isEqualTo(plain);
    }

    @Test
    void partsOfABlockAreRefused() {
        KeyAndIv secret = new KeyAndIv(new byte[32], new byte[32]);
        assertThatThrownBy(() -> Aes.igeEncrypt(new byte[17], secret)).hasMessageContaining("17 bytes");
    }

    @Test
    void ctrDecryptsByEncryptingAgain() {
        byte[] sent = Aes.ctr(new byte[32], new byte[16]).update(new byte[100]);
        assertThat(Aes.ctr(new byte[32], new byte[16]).update(sent)).isEqualTo(new byte[100]);
    }
}
