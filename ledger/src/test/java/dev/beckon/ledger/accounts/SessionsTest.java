package dev.beckon.ledger.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.accounts.Sessions.LoadResult;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.report.AccountReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class SessionsTest {
    private final LedgerFixture fixture = new LedgerFixture();
    private final Sessions sessions = fixture.ledger.sessions();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static byte[] loaded(LoadResult result) {
        return ((LoadResult.Loaded) result).bundle().bytes();
    }

    @Test
    void newestBundleIsLoadedAndOlderOnesGo() {
        Lease lease = fixture.lease(LedgerFixture.uid());
        assertThat(sessions.load(lease)).isInstanceOf(LoadResult.None.class);
        for (String content : List.of("one", "two", "three", "four")) {
            assertThat(sessions.save(lease, content.getBytes(UTF_8))).isTrue();
        }
        assertThat(loaded(sessions.load(lease))).asString(UTF_8).isEqualTo("four");
        assertThat(sessions.end(lease, AccountState.LoggedOut, "SessionLost", "SESSION_REVOKED"))
                .isTrue();
        assertThat(sessions.load(lease)).isInstanceOf(LoadResult.None.class);
    }

    @Test
    void staleFenceNeitherReadsNorWrites() {
        String account = LedgerFixture.uid();
        Lease stale = fixture.lease(account);
        assertThat(sessions.save(stale, new byte[] {1})).isTrue();
        fixture.ledger.leases().release(stale);
        Lease holder = fixture.lease(account);
        assertThat(sessions.save(stale, new byte[] {2})).isFalse();
        assertThat(sessions.load(stale)).isInstanceOf(LoadResult.LeaseLost.class);
        assertThat(sessions.end(stale, AccountState.LoggedOut, "SessionLost", "SESSION_REVOKED"))
                .isFalse();
        assertThat(loaded(sessions.load(holder))).containsExactly(1);
    }

    @Test
    void rotatedKeyStillOpensAndForeignKeyDoesNot() {
        Lease lease = fixture.lease(LedgerFixture.uid());
        sessions.save(lease, new byte[] {7});
        try (Ledger rotated = fixture.database.ledger(fixture.keys.withNewAeadKey(), fixture.clock);
                Ledger foreign = fixture.database.ledger(LedgerKeys.generate(), fixture.clock)) {
            assertThat(loaded(rotated.sessions().load(lease))).containsExactly(7);
            assertThatThrownBy(() -> foreign.sessions().load(lease))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("other keys");
        }
    }

    @Test
    void anOverweightBundleIsRefusedWithASentence() {
        Lease lease = fixture.lease(LedgerFixture.uid());
        assertThatThrownBy(() -> sessions.save(lease, new byte[Sessions.MAX_BYTES + 1]))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("weighs");
    }

    @Test
    void useIsCountedByTelegramUserOverAnyTwentyFourHours() {
        long user = LedgerFixture.number();
        String first = fixture.accountOf(user);
        String second = fixture.accountOf(user);
        Lease one = fixture.lease(first);
        Lease two = fixture.lease(second);
        Usage usage = fixture.ledger.usage();
        Instant start = fixture.clock.instant();
        assertThat(usage.take(one, Usage.Kind.Lookup, 2)).isEqualTo(new Usage.Taken.Granted(1));
        fixture.clock.advance(Duration.ofHours(10));
        assertThat(usage.take(two, Usage.Kind.Lookup, 2)).isEqualTo(new Usage.Taken.Granted(0));
        assertThat(usage.take(one, Usage.Kind.Lookup, 2))
                .isEqualTo(new Usage.Taken.Exhausted(start.plus(Usage.WINDOW)));
        assertThat(usage.take(one, Usage.Kind.Join, 1)).isInstanceOf(Usage.Taken.Granted.class);
        fixture.clock.advance(Duration.ofHours(14));
        assertThat(usage.take(one, Usage.Kind.Lookup, 2)).isInstanceOf(Usage.Taken.Granted.class);
        AccountReport report =
                fixture.ledger.reports().accounts(List.of(second)).get(second);
        assertThat(report.lookups()).isEqualTo(2);
        assertThat(report.joins()).isEqualTo(1);
        assertThat(report.lease().orElseThrow().holder()).isEqualTo(two.holder());
    }

    @Test
    void useOfAnAccountThatNeverLoggedInIsRefused() {
        Lease lease = fixture.lease(LedgerFixture.uid());
        assertThat(fixture.ledger.usage().take(lease, Usage.Kind.Lookup, 5))
                .isInstanceOf(Usage.Taken.UserUnknown.class);
    }

    @Test
    void loginShowsInTheReportAndTheQrLinkGoesWithIt() {
        String account = LedgerFixture.uid();
        Lease lease = fixture.lease(account);
        Accounts accounts = fixture.ledger.accounts();
        accounts.register(account, "team", "alice");
        accounts.loginWaits(
                lease,
                AccountState.WaitingForQrScan,
                Optional.of(new Accounts.QrLogin("tg://login?token=x", Instant.parse("2026-11-23T10:01:00Z"))));
        AccountReport waiting =
                fixture.ledger.reports().accounts(List.of(account)).get(account);
        assertThat(waiting.state()).isEqualTo(AccountState.WaitingForQrScan);
        assertThat(waiting.qr().orElseThrow().link()).isEqualTo("tg://login?token=x");
        accounts.loggedIn(lease, new Accounts.Profile(5, Optional.of("alice"), "Alice", Optional.of("+49••••••12")));
        accounts.coolDown(lease, fixture.clock.instant().plusSeconds(60));
        AccountReport cooling =
                fixture.ledger.reports().accounts(List.of(account)).get(account);
        assertThat(cooling.state()).isEqualTo(AccountState.CoolingDown);
        assertThat(cooling.qr()).isEmpty();
        assertThat(cooling.user().orElseThrow().phoneMasked()).contains("+49••••••12");
        fixture.clock.advance(Duration.ofMinutes(2));
        assertThat(fixture.ledger
                        .reports()
                        .accounts(List.of(account))
                        .get(account)
                        .state())
                .isEqualTo(AccountState.Ready);
    }
}
