package dev.beckon.worker.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.LoginCodes.Outcome;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.LoginOrder.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What becomes of the code of a login: late, wrong, too old, given twice, given to nobody, of a phone without an account. */
class LoginCodesTest extends OnLogin {
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
    void aPhoneThatIsNotRegisteredEndsTheLoginAndNamesNoNumber() {
        Pod pod = login(login(stage.pod(), "phone", "+491709999999"), "code", "12345");
        Ending ending = start(pod, Method.PhoneCode).await();
        assertThat(ending.exit()).isEqualTo(ExitCode.LOGIN_REFUSED);
        assertThat(ending.result().reason()).isEqualTo("PhoneNotRegistered");
        assertThat(ending.result().message())
                .contains("no account of this phone number")
                .contains("correct the key 'phone'")
                .contains("sign up")
                .doesNotContain("'code'")
                .doesNotContain("491709999999");
        assertThat(report().state()).isEqualTo(AccountState.LoginRequired);
        assertThat(report().stateReason()).contains("PhoneNotRegistered");
        assertThat(report().lease()).isEmpty();
    }

    @Test
    void aCodeGivenByAnnotationIsTakenOnceAndAnOlderOneIsNotOfferedToTheNextLogin() {
        assertThat(give("54321")).isEqualTo(Outcome.NOBODY_WAITS);
        Pod pod = login(stage.pod(), "phone", "+491700000001");
        start(pod, Method.PhoneCode);
        becomes(AccountState.WaitingForCode);
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> report().stateReason().isEmpty());
        assertThat(give("12345")).isEqualTo(Outcome.HANDED_OVER);
        assertThat(give("12345")).isEqualTo(Outcome.KNOWN);
        assertThat(pod.await().result().reason()).isEqualTo("LoggedIn");
        assertThat(give("12345")).as("however often its annotation is seen").isEqualTo(Outcome.KNOWN);
    }

    @Test
    void aCodeThatCameTooEarlyCountsOnceMoreWithAWordBehindIt() {
        assertThat(give("12345")).isEqualTo(Outcome.NOBODY_WAITS);
        Pod pod = login(stage.pod(), "phone", "+491700000001");
        start(pod, Method.PhoneCode);
        becomes(AccountState.WaitingForCode);
        assertThat(give("12345")).isEqualTo(Outcome.KNOWN);
        assertThat(give("12345:again")).isEqualTo(Outcome.HANDED_OVER);
        assertThat(pod.await().result().reason()).isEqualTo("LoggedIn");
    }

    @Test
    void aCodeThatNobodyTookIsKeptNoLongerThanTheLogin() {
        Pod pod = login(stage.pod(), "phone", "+491700000001").wiretapped(Wiretap.on((call, _) -> {
            if (call.equals("sendCode")) {
                assertThat(give("54321")).isEqualTo(Outcome.HANDED_OVER);
                assertThat(codesKept()).isEqualTo(1);
            }
        }));
        start(pod, Method.PhoneCode);
        becomes(AccountState.WaitingForCode);
        login(pod, "code", "12345");
        assertThat(pod.await().result().reason()).isEqualTo("LoggedIn");
        assertThat(codesKept()).isZero();
    }

    @Test
    void aCodeWhoseLoginWasKilledGoesWithTheNextOneThatAnybodyGives() {
        Pod pod = login(stage.pod(), "phone", "+491700000001").wiretapped(Wiretap.on((call, _) -> {
            if (call.equals("sendCode")) {
                assertThat(give("54321")).isEqualTo(Outcome.HANDED_OVER);
                throw new Pod.Killed(KillPoint.BEFORE_SAVE);
            }
        }));
        start(pod, Method.PhoneCode);
        becomes(AccountState.WaitingForCode);
        login(pod, "code", "12345");
        Assertions.assertThatThrownBy(pod::await).isInstanceOf(Pod.Killed.class);
        assertThat(codesKept()).isEqualTo(1);
        stage.world().advanceClock(Duration.ofMinutes(16));
        try (OperatorLedger operator =
                stage.database().operatorLedger(stage.world().clock())) {
            operator.loginCodes().give(UUID.randomUUID().toString(), "11111");
        }
        assertThat(codesKept()).isZero();
    }

    private long codesKept() {
        try (Connection connection = stage.database().admin();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM beckon_accounts.login_code c"
                        + " JOIN beckon_accounts.account a USING (account_id)"
                        + " WHERE c.code IS NOT NULL AND a.account_uid = '" + uid + "'")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Outcome give(String code) {
        try (OperatorLedger operator =
                stage.database().operatorLedger(stage.world().clock())) {
            return operator.loginCodes().give(uid, code);
        }
    }

    @Test
    void ofAnExpiredCodeTelegramIsAskedForANewOne() {
        in("""
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
    void aFloodWaitOnTheNewCodeIsWaitedFor() {
        in("""
                people:
                  - {username: alice, phone: "+491700000001", name: Alice}
                faults:
                  - {on: auth.signIn, kind: Error, text: PHONE_CODE_EXPIRED}
                  - {on: auth.sendCode, kind: Error, text: FLOOD_WAIT_900, after: 1}
                """);
        Pod pod = login(login(stage.pod(), "phone", "+491700000001"), "code", "11111");
        Ending ending = start(pod, Method.PhoneCode).await();
        assertThat(ending.result().reason()).isEqualTo("FloodWait");
        assertThat(report().coolDownUntil())
                .contains(stage.world().clock().instant().plus(Duration.ofMinutes(15)));
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
        assertThat(report().state()).isEqualTo(AccountState.LoginRequired);
        assertThat(give("12345")).as("given too late").isEqualTo(Outcome.NOBODY_WAITS);
        assertThat(codesKept()).isZero();
    }
}
