package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.accounts.Accounts.Profile;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.accounts.Sessions.LoadResult;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.simulator.world.Truth;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.LoginOrder.Method;
import dev.beckon.workorder.LoginOrder.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A bundle that an older worker saved, with the session of an older TDLib in it, opens with today's: an update logs nobody out.
 * Each release adds the one it writes ({@code -Dsessions.write=NAME}); none is ever changed. The one of TDLib 1.8.62 was written by
 * this worker with that library (npm's prebuilt-tdlib 0.1008062.2) in place of its own, in a {@code BECKON_CACHE} whose {@code api.tl}
 * is of that library's layer 223 (teleproto 1.223.1): a data centre that speaks of people as layer 229 does is not understood by it.
 * The keys are those of a data centre that never existed outside of this test.
 */
@Tag("integration")
class OlderSessionTest {
    private static final Path FOLDER = Path.of("src/test/resources/sessions");
    private static final long ALICE = 77_700_001;
    private static final String PHONE = "+491700000001";

    @TempDir
    private Path folder;

    private final String uid = UUID.randomUUID().toString();
    private Site site;

    @BeforeEach
    void open() {
        site = new Site(folder, """
                people:
                  - {id: %d, username: alice, phone: "%s"}
                """.formatted(ALICE, PHONE));
    }

    @AfterEach
    void close() {
        site.close();
    }

    private Lease lease(String account) {
        return ((LeaseResult.Acquired)
                        site.ledger().leases().acquire(account, "test", Priority.Login, Duration.ofMinutes(1)))
                .lease();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-tdlib-1.8.62", "2026-11-tdlib-1.8.67"})
    void itOpens(String release) throws IOException {
        byte[] bundle = Files.readAllBytes(FOLDER.resolve(release + ".zip"));
        String[] key =
                Files.readString(FOLDER.resolve(release + ".auth-key")).strip().split(" ", -1);
        long keyId = Long.parseUnsignedLong(key[0], 16);
        site.world().logins().keyCreated(keyId, HexFormat.of().parseHex(key[1]));
        site.world().logins().sendCode(keyId, PHONE);
        site.world().logins().signIn(keyId, PHONE, "12345");
        keep(bundle);

        LoginOrder plain = Stage.loginOrder(uid, Method.PhoneCode);
        WorkerProcess visit =
                site.login(new LoginOrder(plain.version(), plain.account(), plain.method(), Purpose.Check), Map.of());

        visit.endsWith(0);
        assertThat(visit.told().reason()).isEqualTo("SessionLives");
        AccountReport report = site.ledger().reports().accounts(List.of(uid)).get(uid);
        assertThat(report.hasSession()).isTrue();
        assertThat(site.world().truth().overlaps()).isEmpty();
    }

    private void keep(byte[] bundle) {
        site.ledger().accounts().register(uid, "team", "alice");
        Lease lease = lease(uid);
        assertThat(site.ledger().sessions().save(lease, bundle)).isTrue();
        assertThat(site.ledger()
                        .accounts()
                        .loggedIn(lease, new Profile(ALICE, Optional.of("alice"), "Alice", Optional.empty())))
                .isTrue();
        site.ledger().leases().release(lease);
    }

    /** Writes what this release would leave behind; without the property it only shows that it could be read. */
    @Test
    void thisReleasesSessionCanBeKeptForLater() throws IOException {
        String account = site.login("alice");
        byte[] bundle = ((LoadResult.Loaded) site.ledger().sessions().load(lease(account)))
                .bundle()
                .bytes();
        Truth.KeyLook key = site.world().truth().authKeys().stream()
                .filter(look -> site.world().logins().userOf(look.authKeyId()).isPresent())
                .findFirst()
                .orElseThrow();
        assertThat(bundle).hasSizeLessThan(100_000);
        String release = System.getProperty("sessions.write");
        if (release != null) {
            Files.createDirectories(FOLDER);
            Files.write(FOLDER.resolve(release + ".zip"), bundle);
            Files.writeString(
                    FOLDER.resolve(release + ".auth-key"),
                    Long.toHexString(key.authKeyId()) + " "
                            + HexFormat.of().formatHex(key.key().toArray()) + "\n",
                    StandardCharsets.UTF_8);
        }
    }
}
