package dev.beckon.worker.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.simulator.world.Bytes;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.LoginOrder.Method;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A login asks for what is missing, takes a correction while it waits, and keeps a session that works. */
@Tag("integration")
class LoginRunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final String uid = UUID.randomUUID().toString();
    private Stage stage;

    @BeforeEach
    void open() {
        stage = new Stage(folder, """
                people:
                  - {username: alice, phone: "+491700000001", name: Alice}
                  - {username: paula, phone: "+491700000002", password: right}
                  - {username: helper_bot, botToken: "123456:abcdefghijklmnopqrstuvwxyz"}
                """);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private AccountReport report() {
        return stage.ledger().reports().accounts(List.of(uid)).get(uid);
    }

    private Pod start(Pod pod, Method method) {
        LoginOrder order = Stage.loginOrder(uid, method);
        return pod.start(workshop -> new LoginRun(workshop, order, Hints.NONE).run());
    }

    private void becomes(AccountState state) {
        await().atMost(PATIENCE).until(() -> report() != null && report().state() == state);
    }

    private static Pod login(Pod pod, String key, String value) {
        return pod.mount(Paths.LOGIN + "/" + key, value);
    }

    @Test
    void aCodeThatComesLaterIsTakenAndAWrongOneAskedForAgain() {
        Pod pod = login(stage.pod(), "phone", "+491700000001");
        start(pod, Method.PhoneCode);
        becomes(AccountState.WaitingForCode);
        login(pod, "code", "00000");
        login(pod, "code", "12345\n");
        Ending ending = pod.await();
        assertThat(ending.exit()).isEqualTo(ExitCode.OK);
        assertThat(report().state()).isEqualTo(AccountState.Ready);
        assertThat(report().hasSession()).isTrue();
        assertThat(report().lease()).isEmpty();
        AccountReport.TelegramUser user = report().user().orElseThrow();
        assertThat(user.displayName()).isEqualTo("Alice");
        assertThat(user.username()).contains("alice");
        assertThat(user.phoneMasked()).contains("+49••••••••01");
    }

    @Test
    void theSecondFactorIsAskedForAndCorrected() {
        Pod pod = login(login(login(stage.pod(), "phone", "+491700000002"), "code", "12345"), "password", "wrong");
        start(pod, Method.PhoneCode);
        becomes(AccountState.WaitingForPassword);
        login(pod, "password", "right");
        assertThat(pod.await().result().reason()).isEqualTo("LoggedIn");
    }

    @Test
    void aWrongCodeIsShownAtOnceWithTelegramsWordAndWhatToMend() {
        Pod pod = login(login(stage.pod(), "phone", "+491700000001"), "code", "00000");
        start(pod, Method.PhoneCode);
        await().atMost(PATIENCE)
                .until(() ->
                        report() != null && report().stateMessage().orElse("").contains("PHONE_CODE_INVALID"));
        assertThat(report().state()).isEqualTo(AccountState.WaitingForCode);
        assertThat(report().stateReason()).contains("LoginRefused");
        assertThat(report().stateMessage().orElseThrow())
                .contains("correct the key 'code' of the login Secret")
                .doesNotContain("00000");
        // And stays there while a person is awaited, through further looks at the login.
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> report().stateReason().equals(Optional.of("LoginRefused")));
        stage.world().advanceClock(Duration.ofMinutes(16));
        assertThat(pod.await().result().message())
                .contains("PHONE_CODE_INVALID")
                .contains("key 'code'");

        Pod second = login(login(stage.pod(), "phone", "+491700000001"), "code", "12345");
        assertThat(start(second, Method.PhoneCode).await().result().reason()).isEqualTo("LoggedIn");
        assertThat(report().stateMessage()).isEmpty();
    }

    @Test
    void aCodeGivenByAnnotationIsTakenOnceAndAnOlderOneIsNotOfferedToTheNextLogin() {
        give("54321");
        Pod pod = login(stage.pod(), "phone", "+491700000001");
        start(pod, Method.PhoneCode);
        becomes(AccountState.WaitingForCode);
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> report().stateReason().isEmpty());
        assertThat(give("12345")).isTrue();
        assertThat(give("12345")).isFalse();
        assertThat(pod.await().result().reason()).isEqualTo("LoggedIn");
        assertThat(give("12345")).as("however often its annotation is seen").isFalse();
    }

    private boolean give(String code) {
        try (OperatorLedger operator =
                stage.database().operatorLedger(stage.world().clock())) {
            return operator.loginCodes().give(uid, code);
        }
    }

    @Test
    void ofAnExpiredCodeTelegramIsAskedForANewOne() {
        stage.close();
        stage = new Stage(folder, """
                people:
                  - {username: alice, phone: "+491700000001", name: Alice}
                faults: [{on: auth.signIn, kind: Error, text: PHONE_CODE_EXPIRED}]
                """);
        Pod pod = login(login(stage.pod(), "phone", "+491700000001"), "code", "11111");
        start(pod, Method.PhoneCode);
        await().atMost(PATIENCE)
                .until(() ->
                        report() != null && report().stateMessage().orElse("").contains("PHONE_CODE_EXPIRED"));
        assertThat(report().state()).isEqualTo(AccountState.WaitingForCode);
        assertThat(report().stateMessage().orElseThrow())
                .contains("it has sent a new one")
                .contains("beckon.dev/login-code");
        login(pod, "code", "12345");
        assertThat(pod.await().result().reason()).isEqualTo("LoggedIn");
    }

    @Test
    void aFloodWaitOnTheCodeIsWaitedForAndTheNextLoginSucceeds() {
        stage.close();
        stage = new Stage(folder, """
                people:
                  - {username: alice, phone: "+491700000001", name: Alice}
                faults: [{on: auth.sendCode, kind: Error, text: FLOOD_WAIT_900}]
                """);
        Ending ending = start(login(login(stage.pod(), "phone", "+491700000001"), "code", "12345"), Method.PhoneCode)
                .await();
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo("FloodWait");
        assertThat(ending.result().resumeAt())
                .contains(stage.world().clock().instant().plus(Duration.ofMinutes(15)));
        assertThat(report().coolDownUntil()).isEqualTo(ending.result().resumeAt());
        assertThat(start(stage.pod().withoutTelegram(), Method.PhoneCode)
                        .await()
                        .result()
                        .ending())
                .as("nothing is said before the wait is over")
                .isEqualTo(RunResult.Ending.WAITING);
        stage.world().advanceClock(Duration.ofMinutes(16));
        stage.login(uid, stage.person("alice"));
        assertThat(report().state()).isEqualTo(AccountState.Ready);
    }

    @Test
    void aBotLogsInByItsToken() {
        Pod pod = login(stage.pod(), "bot-token", "123456:abcdefghijklmnopqrstuvwxyz");
        assertThat(start(pod, Method.BotToken).await().result().reason()).isEqualTo("LoggedIn");
    }

    @Test
    void aWrongTokenEndsTheLoginWithWhatToMend() {
        Pod pod = login(stage.pod(), "bot-token", "123456:zzzzzzzzzzzzzzzzzzzzzzzzzz");
        Ending ending = start(pod, Method.BotToken).await();
        assertThat(ending.exit()).isEqualTo(ExitCode.LOGIN_REFUSED);
        assertThat(ending.result().message())
                .contains("ACCESS_TOKEN_INVALID")
                .contains("'bot-token'")
                .contains("spec.login.secretRef");
        assertThat(report().stateMessage()).contains(ending.result().message());
        assertThat(report().lease()).isEmpty();
    }

    @Test
    void aScannedQrCodeLogsIn() {
        Pod pod = start(stage.pod(), Method.QrCode);
        becomes(AccountState.WaitingForQrScan);
        String link = report().qr().orElseThrow().link();
        byte[] token = Base64.getUrlDecoder().decode(link.substring("tg://login?token=".length()));
        stage.world().logins().acceptLoginToken(stage.person("alice").id(), Bytes.of(token));
        assertThat(pod.await().result().reason()).isEqualTo("LoggedIn");
        assertThat(report().qr()).isEmpty();
    }

    @Test
    void theLinkIsRenewedBeforeItExpiresAndTheSecondFactorIsAskedForAfterTheScan() {
        Pod pod = start(stage.pod(), Method.QrCode);
        becomes(AccountState.WaitingForQrScan);
        AccountReport.QrCode first = report().qr().orElseThrow();
        assertThat(first.expiresAt()).isEqualTo(stage.world().clock().instant().plus(Duration.ofSeconds(30)));
        stage.world().advanceClock(Duration.ofSeconds(31));
        await().atMost(PATIENCE)
                .until(() -> report().qr().isPresent()
                        && !report().qr().orElseThrow().link().equals(first.link()));
        scan("paula");
        becomes(AccountState.WaitingForPassword);
        assertThat(report().qr()).as("a used link is shown no longer").isEmpty();
        login(pod, "password", "right");
        assertThat(pod.await().result().reason()).isEqualTo("LoggedIn");
    }

    private void scan(String who) {
        String link = report().qr().orElseThrow().link();
        byte[] token = Base64.getUrlDecoder().decode(link.substring("tg://login?token=".length()));
        stage.world().logins().acceptLoginToken(stage.person(who).id(), Bytes.of(token));
    }

    @Test
    void aLoginThatNobodyCompletesGivesThePodBack() {
        Pod pod = login(stage.pod(), "phone", "+491700000001");
        start(pod, Method.PhoneCode);
        becomes(AccountState.WaitingForCode);
        stage.world().advanceClock(Duration.ofMinutes(16));
        Ending ending = pod.await();
        assertThat(ending.exit()).isEqualTo(ExitCode.LOGIN_REQUIRED);
        assertThat(ending.result().reason()).isEqualTo("LoginTimedOut");
        assertThat(report().lease()).isEmpty();
    }

    @Test
    void aLoginThatIsStoppedReleasesTheAccount() {
        Pod pod = login(stage.pod(), "phone", "+491700000001");
        start(pod, Method.PhoneCode);
        becomes(AccountState.WaitingForCode);
        pod.stop().raise();
        assertThat(pod.await().result().reason()).isEqualTo("Stopped");
        assertThat(report().lease()).isEmpty();
    }

    @Test
    void aLoginThatWasKilledIsStartedAgain() {
        Pod first = login(login(stage.pod(), "phone", "+491700000001"), "code", "12345");
        start(first.killedAt(KillPoint.BEFORE_SAVE, 1), Method.PhoneCode);
        Assertions.assertThatThrownBy(first::await).isInstanceOf(Pod.Killed.class);
        stage.leasesRunOut();
        stage.login(uid, stage.person("alice"));
        assertThat(report().state()).isEqualTo(AccountState.Ready);
    }
}
