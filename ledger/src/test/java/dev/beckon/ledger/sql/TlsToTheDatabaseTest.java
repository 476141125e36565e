package dev.beckon.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.LedgerConfig;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.schema.Migrations;
import dev.beckon.ledger.testing.TestAuthority;
import dev.beckon.ledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server whose certificate is checked, and each way in which it can fail the check. */
@Tag("integration")
class TlsToTheDatabaseTest {
    private static final String UNTRUSTED = "shows a certificate that is not trusted, or that is not of the host";

    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static TestAuthority other;
    private static TestDatabase database;

    @BeforeAll
    static void start() throws IOException {
        authority = TestAuthority.in(folder.resolve("authority"));
        other = TestAuthority.in(folder.resolve("other"));
        database = TestDatabase.start(folder.resolve("db"), authority);
        // Whoever speaks without TLS is nobody here.
        database.execute("ALTER USER 'beckon_operator'@'%' REQUIRE SSL");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static String url(String host) {
        return "jdbc:mysql://" + host + ":" + database.port() + "/";
    }

    private static OperatorLedger open(String url, Path ca) {
        return OperatorLedger.open(
                new LedgerConfig(url, "beckon_operator", TestDatabase.OPERATOR_PASSWORD)
                        .withConnectionWait(Duration.ofSeconds(2))
                        .withCa(Optional.of(ca)),
                InstantSource.system());
    }

    private static void reads(OperatorLedger ledger) {
        assertThat(ledger.reports().campaigns(Set.of("nobody"))).isEmpty();
    }

    private static void refused(String url, Path ca, String sentence) {
        try (OperatorLedger ledger = open(url, ca)) {
            assertThatThrownBy(() -> reads(ledger))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining(sentence)
                    .hasMessageNotContaining("localhost");
        }
    }

    @Test
    void aCertificateOfTheAuthorityForTheHostIsTrusted() {
        try (OperatorLedger ledger = open(url("localhost"), authority.certificate())) {
            reads(ledger);
        }
    }

    @Test
    void oneOfAnotherAuthorityIsNot() {
        refused(url("localhost"), other.certificate(), UNTRUSTED);
    }

    @Test
    void norOneForAnotherHostUnlessTheUrlSaysThatAnyWillDo() {
        refused(url("127.0.0.1"), authority.certificate(), UNTRUSTED);
        try (OperatorLedger ledger = open(url("127.0.0.1") + "?sslMode=VERIFY_CA", authority.certificate())) {
            reads(ledger);
        }
        refused(url("127.0.0.1") + "?sslMode=VERIFY_CA", other.certificate(), UNTRUSTED);
    }

    @Test
    void anAuthorityThatIsReplacedInItsFileCountsFromTheNextConnectionOn() throws IOException {
        Path mounted = Files.copy(other.certificate(), folder.resolve("mounted.crt"));
        try (OperatorLedger ledger = open(url("localhost"), mounted)) {
            assertThatThrownBy(() -> reads(ledger)).hasMessageContaining(UNTRUSTED);
            Files.copy(authority.certificate(), mounted, StandardCopyOption.REPLACE_EXISTING);
            reads(ledger);
        }
    }

    @Test
    void ofSeveralAuthoritiesInOneFileEachIsTrusted() throws IOException {
        Path bundle = Files.writeString(
                folder.resolve("bundle.crt"),
                Files.readString(other.certificate()) + Files.readString(authority.certificate()));
        try (OperatorLedger ledger = open(url("localhost"), bundle)) {
            reads(ledger);
        }
    }

    @Test
    void aDatabaseWithoutTlsIsToldAsThat() {
        try (OperatorLedger ledger = OperatorLedger.open(
                new LedgerConfig(
                                "jdbc:mysql://localhost:"
                                        + TestDatabase.shared().port() + "/",
                                "beckon_operator",
                                TestDatabase.OPERATOR_PASSWORD)
                        .withConnectionWait(Duration.ofSeconds(2))
                        .withCa(Optional.of(authority.certificate())),
                InstantSource.system())) {
            assertThatThrownBy(() -> reads(ledger))
                    .hasMessageContaining(
                            "mysql".equals(System.getProperty("beckon.test.database")) ? UNTRUSTED : "offers no TLS");
        }
    }

    @Test
    void migrationsCheckItToo() {
        new Migrations(url("localhost"), "root", "", Optional.of(authority.certificate())).migrate();

        assertThatThrownBy(
                        () -> new Migrations(url("localhost"), "root", "", Optional.of(other.certificate())).migrate())
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining(UNTRUSTED);
    }
}
