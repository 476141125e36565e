package dev.beckon.worker.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.worker.Ending;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.LoginOrder.Method;
import dev.beckon.workorder.LoginOrder.Purpose;
import dev.beckon.workorder.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session is asked whether it lives, or ended, without a person. */
@Tag("integration")
class SessionVisitTest {
    @TempDir
    private Path folder;

    private Stage stage;
    private String uid;

    @BeforeEach
    void open() {
        stage = new Stage(folder, """
                people:
                  - {username: alice, phone: "+491700000001", name: Alice}
                """);
        uid = stage.login("alice");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private AccountReport report() {
        return stage.ledger().reports().accounts(List.of(uid)).get(uid);
    }

    private Ending visit(Pod pod, Purpose purpose) {
        LoginOrder plain = Stage.loginOrder(uid, Method.QrCode);
        LoginOrder order = new LoginOrder(plain.version(), plain.account(), plain.method(), purpose);
        return pod.run(workshop -> new SessionVisit(workshop, order, Hints.NONE).run());
    }

    @Test
    void aLivingSessionIsSavedAsSeenAlive() {
        Instant before = report().sessionSavedAt().orElseThrow();
        stage.world().advanceClock(Duration.ofDays(1));
        Ending ending = visit(stage.pod(), Purpose.Check);
        assertThat(ending.result().reason()).isEqualTo("SessionLives");
        assertThat(report().sessionSavedAt().orElseThrow()).isEqualTo(before.plus(Duration.ofDays(1)));
        assertThat(report().state()).isEqualTo(AccountState.Ready);
        assertThat(report().lease()).isEmpty();
    }

    @Test
    void aSessionThatWasEndedElsewhereIsToldWithTelegramsReasonAndForgotten() {
        stage.world().logins().revokeAll(stage.person("alice").id());
        Ending ending = visit(stage.pod(), Purpose.Check);
        assertThat(ending.exit()).isEqualTo(ExitCode.LOGIN_REQUIRED);
        assertThat(report().state()).isEqualTo(AccountState.LoggedOut);
        assertThat(report().stateMessage()).contains("SESSION_REVOKED");
        assertThat(report().hasSession()).isFalse();
    }

    @Test
    void aSessionThatIsNotThereAsksNobodyForACode() {
        uid = "11111111-0000-0000-0000-" + String.format("%012d", System.nanoTime() % 1_000_000_000_000L);
        Ending ending = visit(stage.pod(), Purpose.Check);
        assertThat(ending.exit()).isEqualTo(ExitCode.LOGIN_REQUIRED);
        assertThat(report().state()).isEqualTo(AccountState.LoginRequired);
    }

    @Test
    void aFloodWaitIsNotBrokenByACheck() {
        stage.database()
                .execute("UPDATE beckon_accounts.account SET cool_down_until = "
                        + stage.world().clock().instant().plusSeconds(900).toEpochMilli() + " WHERE account_uid = '"
                        + uid + "'");
        Ending ending = visit(stage.pod().withoutTelegram(), Purpose.Check);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo("FloodWait");
    }

    @Test
    void loggingOutEndsTheSessionAtTelegramAndForgetsIt() {
        Ending ending = visit(stage.pod(), Purpose.LogOut);
        assertThat(ending.result().reason()).isEqualTo("LoggedOut");
        assertThat(stage.world().truth().sessions())
                .allSatisfy(session -> assertThat(session.ended()).isPresent());
        assertThat(report().hasSession()).isFalse();
        assertThat(report().state()).isEqualTo(AccountState.LoggedOut);
        assertThat(report().lease()).isEmpty();
    }

    @Test
    void loggingOutOfASessionThatEndedElsewhereIsDoneToo() {
        stage.world().logins().revokeAll(stage.person("alice").id());
        visit(stage.pod(), Purpose.LogOut);
        assertThat(report().hasSession()).isFalse();
        assertThat(report().lease()).isEmpty();
    }

    private void faulty(String fault) {
        stage.close();
        stage = new Stage(folder, """
                people:
                  - {username: alice, phone: "+491700000001", name: Alice}
                faults: [%s]
                """.formatted(fault));
        uid = stage.login("alice");
    }

    private void stillLives() {
        assertThat(report().hasSession()).isTrue();
        assertThat(report().state()).isIn(AccountState.Ready, AccountState.CoolingDown);
        assertThat(report().lease()).isEmpty();
    }

    @Test
    void aLogOutThatTelegramRefusesIsNoneAndTheSessionIsKeptForTheNextTry() {
        faulty("{on: auth.logOut, kind: Error, text: SOMETHING_NEW}");
        Ending refused = visit(stage.pod(), Purpose.LogOut);
        assertThat(refused.exit()).isEqualTo(ExitCode.TELEGRAM_UNAVAILABLE);
        assertThat(refused.result().reason()).isEqualTo("LogOutRefused");
        assertThat(refused.result().message()).contains("SOMETHING_NEW");
        stillLives();
        assertThat(visit(stage.pod(), Purpose.LogOut).result().reason()).isEqualTo("LoggedOut");
        assertThat(report().hasSession()).isFalse();
    }

    @Test
    void aFloodWaitOnTheLogOutBindsTheAccount() {
        faulty("{on: auth.logOut, kind: Error, text: FLOOD_WAIT_900}");
        Ending waits = visit(stage.pod(), Purpose.LogOut);
        assertThat(waits.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(waits.result().reason()).isEqualTo("FloodWait");
        stillLives();
        assertThat(visit(stage.pod().withoutTelegram(), Purpose.LogOut).result().reason())
                .as("nothing is said before the wait is over")
                .isEqualTo("FloodWait");
        stage.world().advanceClock(Duration.ofMinutes(16));
        assertThat(visit(stage.pod(), Purpose.LogOut).result().reason()).isEqualTo("LoggedOut");
    }

    @Test
    void aLogOutWithoutAnAnswerIsTriedAgain() {
        faulty("{on: auth.logOut, kind: RequestLost}");
        assertThat(visit(stage.pod(), Purpose.LogOut).exit()).isEqualTo(ExitCode.TELEGRAM_UNAVAILABLE);
        stillLives();
        assertThat(visit(stage.pod(), Purpose.LogOut).result().reason()).isEqualTo("LoggedOut");
    }

    @Test
    void aBannedAccountIsToldSoByItsCheck() {
        faulty("{on: account.getAccountTTL, kind: AccountBanned}");
        assertThat(visit(stage.pod(), Purpose.Check).exit()).isEqualTo(ExitCode.ACCOUNT_LIMITED);
        assertThat(report().state()).isEqualTo(AccountState.Banned);
        assertThat(report().stateMessage()).contains("USER_DEACTIVATED_BAN");
        assertThat(report().hasSession()).isFalse();
    }

    @Test
    void aFrozenAccountIsLimitedThoughItOnlyRests() {
        long alice = stage.person("alice").id();
        stage.world().acts().freeze(alice);
        String words =
                stage.world().truth().freeze(alice).orElseThrow().refusal().raw();

        visit(stage.pod(), Purpose.Check);

        assertThat(report().state()).isEqualTo(AccountState.Limited);
        assertThat(report().stateReason()).contains("FrozenAccount");
        assertThat(report().breaker().orElseThrow().message()).isEqualTo(words);
        assertThat(report().hasSession()).isTrue();
        assertThat(report().lease()).isEmpty();
    }

    private void acknowledge(String breaker) {
        try (OperatorLedger operator =
                stage.database().operatorLedger(stage.world().clock())) {
            assertThat(operator.breakers().acknowledge(breaker)).isTrue();
        }
    }

    @Test
    void aFrozenAccountThatAPersonAcknowledgedIsLimitedAnewAsLongAsItIsFrozen() {
        stage.world().acts().freeze(stage.person("alice").id());
        visit(stage.pod(), Purpose.Check);
        String first = report().breaker().orElseThrow().breakerId();
        visit(stage.pod(), Purpose.Check);
        assertThat(report().breaker().orElseThrow().breakerId()).isEqualTo(first);

        acknowledge(first);
        visit(stage.pod(), Purpose.Check);
        String second = report().breaker().orElseThrow().breakerId();
        assertThat(second).isNotEqualTo(first);

        stage.world().acts().thaw(stage.person("alice").id());
        acknowledge(second);
        visit(stage.pod(), Purpose.Check);
        assertThat(report().state()).isEqualTo(AccountState.Ready);
    }
}
