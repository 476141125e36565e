package dev.beckon.worker.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.simulator.world.Bytes;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.Pod;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.LoginOrder.Method;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.util.Base64;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A login asks for what is missing, takes a correction while it waits, and keeps a session that works. */
class LoginRunTest extends OnLogin {
    @Test
    void theSecondFactorIsAskedForAndCorrected() {
        Pod pod = login(login(login(stage.pod(), "phone", "+491700000002"), "code", "12345"), "password", "wrong");
        start(pod, Method.PhoneCode);
        becomes(AccountState.WaitingForPassword);
        login(pod, "password", "right");
        assertThat(pod.await().result().reason()).isEqualTo("LoggedIn");
    }

    @Test
    void aFloodWaitOnTheCodeIsWaitedForAndTheNextLoginSucceeds() {
        in("""
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
    void aPhoneNumberIsTakenAsPeopleWriteIt() {
        Pod pod = login(login(stage.pod(), "phone", " +49 170 000-0001 "), "code", "12345");
        assertThat(start(pod, Method.PhoneCode).await().result().reason()).isEqualTo("LoggedIn");
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
        stage.world().qrLogins().acceptLoginToken(stage.person("alice").id(), Bytes.of(token));
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
        stage.world().qrLogins().acceptLoginToken(stage.person(who).id(), Bytes.of(token));
    }

    @Test
    void aLoginThatIsStoppedReleasesTheAccount() {
        Pod pod = login(stage.pod(), "phone", "+491700000001");
        start(pod, Method.PhoneCode);
        becomes(AccountState.WaitingForCode);
        pod.stop().raise();
        assertThat(pod.await().result().reason()).isEqualTo("Stopped");
        assertThat(report().lease()).isEmpty();
        assertThat(report().state()).isEqualTo(AccountState.LoginRequired);
    }

    @ParameterizedTest
    @EnumSource(
            value = KillPoint.class,
            names = {"AFTER_LEASE", "AFTER_IDENTITY", "AFTER_CODE", "BEFORE_SAVE", "AFTER_SAVE", "AFTER_LOGGED_IN"})
    void aLoginThatWasKilledIsStartedAgain(KillPoint step) {
        Pod first = login(login(stage.pod(), "phone", "+491700000001"), "code", "12345");
        start(first.killedAt(step, 1), Method.PhoneCode);
        Assertions.assertThatThrownBy(first::await).isInstanceOf(Pod.Killed.class);
        stage.leasesRunOut();
        stage.login(uid, stage.person("alice"));
        assertThat(report().state()).isEqualTo(AccountState.Ready);
    }
}
