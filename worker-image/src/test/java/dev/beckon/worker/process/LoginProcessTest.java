package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.LoginCodes;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.simulator.world.Bytes;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.LoginOrder.Method;
import dev.beckon.workorder.LoginOrder.Purpose;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real TDLib in a real worker logs in: what a person sees, scans and types, and the session that comes of it. */
@Tag("integration")
class LoginProcessTest {
    private static final String LINK = "tg://login?token=";

    /** Telegram's tokens live for 30 s. */
    private static final Duration RENEWED_WITHIN = Duration.ofSeconds(45);

    @TempDir
    private Path folder;

    private final String uid = UUID.randomUUID().toString();
    private Site site;

    @BeforeEach
    void open() {
        site = new Site(folder, """
                people:
                  - {username: alice, phone: "+491700000001"}
                  - {username: quinn, phone: "+491700000002", password: correct horse, dataCentre: 4}
                  - {username: helper_bot, botToken: "123456:abcdefghijklmnopqrstuvwxyz"}
                """);
    }

    @AfterEach
    void close() {
        site.close();
    }

    private AccountReport report() {
        return site.ledger().reports().accounts(List.of(uid)).get(uid);
    }

    private void becomes(AccountState state) {
        await().atMost(Site.PATIENCE).until(() -> report() != null && report().state() == state);
    }

    private String link() {
        return report().qr().map(AccountReport.QrCode::link).orElse("");
    }

    @Test
    void aQrCodeIsShownRenewedAndScannedAndTheSecondFactorFollowsInAnotherDataCentre() {
        WorkerProcess worker = site.login(Stage.loginOrder(uid, Method.QrCode), Map.of("password", "correct horse"));
        becomes(AccountState.WaitingForQrScan);
        String first = link();
        assertThat(first).startsWith(LINK);
        assertThat(report().qr().orElseThrow().expiresAt())
                .isBetween(Instant.now(), Instant.now().plusSeconds(31));
        await().atMost(RENEWED_WITHIN).until(() -> link().startsWith(LINK) && !link().equals(first));

        byte[] token = Base64.getUrlDecoder().decode(link().substring(LINK.length()));
        site.world().qrLogins().acceptLoginToken(site.person("quinn").id(), Bytes.of(token));
        worker.endsWith(0);
        assertThat(worker.told().reason()).isEqualTo("LoggedIn");
        assertThat(worker.out()).contains(first).contains("█ ▄▄▄▄▄ █").doesNotContain("correct horse");
        assertThat(report().state()).isEqualTo(AccountState.Ready);
        assertThat(report().qr()).isEmpty();
        assertThat(report().user().orElseThrow().username()).contains("quinn");

        visit(Purpose.Check, "SessionLives");
        visit(Purpose.LogOut, "LoggedOut");
        assertThat(report().hasSession()).isFalse();
        assertThat(site.world().truth().overlaps()).isEmpty();
    }

    private void visit(Purpose purpose, String reason) {
        LoginOrder plain = Stage.loginOrder(uid, Method.QrCode);
        WorkerProcess visit =
                site.login(new LoginOrder(plain.version(), plain.account(), plain.method(), purpose), Map.of());
        visit.endsWith(0);
        assertThat(visit.told().reason()).isEqualTo(reason);
    }

    @Test
    void aCodeThatIsGivenByAnnotationLogsIn() {
        WorkerProcess worker = site.login(Stage.loginOrder(uid, Method.PhoneCode), Map.of("phone", "+491700000001"));
        becomes(AccountState.WaitingForCode);
        give("54321");
        await().atMost(Site.PATIENCE)
                .until(() -> report().stateMessage().orElse("").contains("PHONE_CODE_INVALID"));
        give("12345");
        worker.endsWith(0);
        assertThat(report().state()).isEqualTo(AccountState.Ready);
        assertThat(worker.out()).doesNotContain("12345\"").doesNotContain("54321");
    }

    private void give(String code) {
        try (OperatorLedger operator = site.database().operatorLedger(InstantSource.system())) {
            assertThat(operator.loginCodes().give(uid, code)).isEqualTo(LoginCodes.Outcome.HANDED_OVER);
        }
    }

    @Test
    void aBotLogsInByItsTokenAndIsChecked() {
        WorkerProcess login = site.login(
                Stage.loginOrder(uid, Method.BotToken), Map.of("bot-token", "123456:abcdefghijklmnopqrstuvwxyz"));
        login.ended();
        assertThat(login.told().message()).isEqualTo("The account is logged in.");
        assertThat(report().state()).isEqualTo(AccountState.Ready);
        visit(Purpose.Check, "SessionLives");
    }
}
