package dev.beckon.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.LedgerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    @TempDir
    private Path folder;

    private Optional<Path> ca;

    @BeforeEach
    void file() throws IOException {
        ca = Optional.of(Files.writeString(folder.resolve("ca & more.crt"), "is read when somebody connects"));
    }

    @Test
    void withoutAnAuthorityTheUrlIsAsItIs() {
        assertThat(Tls.url("jdbc:mysql://db/", Optional.empty())).isEqualTo("jdbc:mysql://db/");
    }

    @Test
    void withOneTheServerIsChecked() {
        assertThat(Tls.url("jdbc:mysql://db/", ca))
                .startsWith("jdbc:mysql://db/?sslMode=VERIFY_IDENTITY&fallbackToSystemTrustStore=false&");
        assertThat(Tls.url("jdbc:mysql://db/?tcpKeepAlive=true", ca))
                .contains("?tcpKeepAlive=true&sslMode=VERIFY_IDENTITY&");
        assertThat(Tls.url("jdbc:mysql://db/?sslMode=verify_ca", ca))
                .contains("?sslMode=verify_ca&")
                .doesNotContain("IDENTITY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslMode=DISABLED",
                "a=b&sslMode=preferred",
                "sslMode=REQUIRED",
                "sslmode=",
                "sslMode=VERIFY_CA&sslMode=DISABLED"
            })
    void lessThanACheckIsRefused(String properties) {
        assertThatThrownBy(() -> Tls.url("jdbc:mysql://db/?" + properties, ca))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("with which no certificate is checked");
    }

    @Test
    void twoTrustStoresAreOneTooMany() {
        assertThatThrownBy(() -> Tls.url("jdbc:mysql://db/?trustCertificateKeyStoreUrl=file:x", ca))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("take one of them away");
    }

    @Test
    void aFileThatIsNotThereIsToldByItsName() {
        assertThatThrownBy(() -> Tls.url("jdbc:mysql://db/", Optional.of(folder.resolve("none.crt"))))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("none.crt");
    }
}
