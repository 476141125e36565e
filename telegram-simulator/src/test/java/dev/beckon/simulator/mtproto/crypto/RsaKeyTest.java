package dev.beckon.simulator.mtproto.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RsaKeyTest {
    private final RsaKey key = RsaKey.generate();

    @Test
    void thePaddingOfTodayIsTakenOff() {
        byte[] data = Bytes.random(100);
        assertThat(key.decrypt(key.encryptPadded(data)))
                .hasValueSatisfying(
                        plain -> assertThat(Arrays.copyOf(plain, 100)).isEqualTo(data));
    }

    @Test
    void theOlderPaddingIsTakenOff() {
        byte[] data = Bytes.random(100);
        byte[] padded = Bytes.concat(new byte[1], Bytes.sha1(data), data, Bytes.random(256 - 21 - 100));
        assertThat(key.decrypt(key.publicOperation(padded)))
                .hasValueSatisfying(
                        plain -> assertThat(Arrays.copyOf(plain, 100)).isEqualTo(data));
    }

    @Test
    void whatIsForAnotherKeyIsNotTaken() {
        byte[] foreign = RsaKey.generate().encryptPadded(Bytes.random(100));
        // With one chance in 256 the first byte looks like the older padding; the nonces within tell then.
        key.decrypt(foreign).ifPresent(plain -> assertThat(plain).hasSize(235));
    }

    @Test
    void aKeyIsRestoredWhole() {
        RsaKey restored = RsaKey.fromPkcs8(key.pkcs8());
        assertThat(restored.fingerprint()).isEqualTo(key.fingerprint());
        assertThat(restored.publicPem()).isEqualTo(key.publicPem());
    }

    @Test
    void thePemHasTheLengthOfTheKeysItReplacesInTdlib() {
        assertThat(key.publicPem())
                .hasSize(425)
                .startsWith("-----BEGIN RSA PUBLIC KEY-----\nMIIBCgKCAQEA")
                .endsWith("-----END RSA PUBLIC KEY-----");
    }
}
