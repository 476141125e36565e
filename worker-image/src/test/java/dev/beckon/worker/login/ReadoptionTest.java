package dev.beckon.worker.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.Ending;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.LoginOrder.Method;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account that was deleted and made again under its name goes on with the session it had, and with what bound it. */
@Tag("integration")
class ReadoptionTest {
    @TempDir
    private Path folder;

    private final String name = "alice-" + UUID.randomUUID();
    private final String first = UUID.randomUUID().toString();
    private final String second = UUID.randomUUID().toString();
    private Stage stage;

    @BeforeEach
    void open() {
        stage = new Stage(folder, """
                people:
                  - {username: alice, phone: "+491700000001", name: Alice}
                  - {username: zoey, phone: "+491700000002"}
                  - {username: lara, phone: "+491788888801", name: Lara}
                  - {username: bobby}
                  - {username: carol}
                chats:
                  - {title: Meetup, username: meetup, owner: alice}
                """);
        assertThat(login(first, "alice").result().reason()).isEqualTo("LoggedIn");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private AccountReport report(String uid) {
        return stage.ledger().reports().accounts(List.of(uid)).get(uid);
    }

    /** A login with this person's phone and the right code. */
    private Ending login(String uid, String person) {
        Pod pod = stage.pod()
                .mount(Paths.LOGIN + "/phone", stage.person(person).phone().orElseThrow())
                .mount(Paths.LOGIN + "/code", "12345");
        return login(pod, uid, Method.PhoneCode);
    }

    private Ending login(Pod pod, String uid, Method method) {
        LoginOrder order = Stage.loginOrder(name, uid, method);
        return pod.run(workshop -> new LoginRun(workshop, order, Hints.NONE).run());
    }

    /** A pod whose login Telegram is asked nothing about. */
    private Pod askingNobody() {
        return stage.pod()
                .wiretapped(Wiretap.on((call, _) -> assertThat(call)
                        .as("no login")
                        .isNotIn("sendPhoneNumber", "requestQrCode", "sendCode", "sendPassword", "sendBotToken")));
    }

    private Lease held(String uid) {
        return ((LeaseResult.Acquired)
                        stage.ledger().leases().acquire(uid, "pod/old", Priority.Invite, Duration.ofMinutes(2)))
                .lease();
    }

    private long sessions() {
        return stage.world().truth().sessions().stream()
                .filter(session -> session.userId()
                        .equals(Optional.of(stage.person("alice").id())))
                .count();
    }

    @Test
    void itLogsInWithoutAskingAPersonForAnything() {
        Ending ending = login(askingNobody(), second, Method.QrCode);
        assertThat(ending.result().reason()).isEqualTo("LoggedIn");
        assertThat(report(second).state()).isEqualTo(AccountState.Ready);
        assertThat(report(second).user().orElseThrow().username()).contains("alice");
        assertThat(sessions()).as("no second device at Telegram").isEqualTo(1);
        assertThat(report(first).hasSession()).isFalse();
        assertThat(report(first).state()).isEqualTo(AccountState.LoggedOut);
        assertThat(report(first).stateMessage().orElseThrow()).contains("same name");
        assertThat(stage.invite(Orders.of(second)
                                .mode(Mode.LinkOnly)
                                .people("bobby")
                                .build())
                        .result()
                        .ending())
                .isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).hasSize(1);
    }

    @Test
    void itDoesSoForTheSamePhoneHoweverItIsWritten() {
        Pod pod = askingNobody().mount(Paths.LOGIN + "/phone", "49 170 0000001");
        assertThat(login(pod, second, Method.PhoneCode).result().reason()).isEqualTo("LoggedIn");
        assertThat(sessions()).isEqualTo(1);
    }

    @Test
    void anotherPhoneIsAnotherUserWhoLogsIn() {
        assertThat(login(second, "zoey").result().reason()).isEqualTo("LoggedIn");
        assertThat(report(second).user().orElseThrow().username()).contains("zoey");
        assertThat(report(first).hasSession()).as("kept for who comes back").isTrue();
    }

    @Test
    void aPhoneThatOnlyLooksAlikeIsAnotherUserToo() {
        assertThat(report(first).user().orElseThrow().phoneMasked()).contains(PhoneMask.mask("+491788888801"));
        assertThat(login(second, "lara").result().reason()).isEqualTo("LoggedIn");
        assertThat(report(second).user().orElseThrow().username()).contains("lara");
        assertThat(report(first).hasSession()).as("kept for who comes back").isTrue();
    }

    @Test
    void whoIsToScanWithAnotherPhoneIsShownACode() {
        LoginOrder order = Stage.loginOrder(name, second, Method.QrCode);
        Pod pod = stage.pod()
                .mount(Paths.LOGIN + "/phone", "+491788888801")
                .start(workshop -> new LoginRun(workshop, order, Hints.NONE).run());
        await().atMost(Duration.ofSeconds(20)).until(() -> report(second).state() == AccountState.WaitingForQrScan);
        pod.stop().raise();
        assertThat(pod.await().result().reason()).isEqualTo("Stopped");
        assertThat(report(first).hasSession()).isTrue();
    }

    @Test
    void whoNeedNotScanIsToldByThePhoneToo() {
        Pod pod = askingNobody().mount(Paths.LOGIN + "/phone", "+49 170 0000001");
        assertThat(login(pod, second, Method.QrCode).result().reason()).isEqualTo("LoggedIn");
        assertThat(sessions()).isEqualTo(1);
    }

    /** An earlier release did not write whose phone it was. */
    private void asAnEarlierReleaseLeftIt() {
        stage.database()
                .execute("UPDATE beckon_accounts.account SET phone_key = NULL WHERE account_uid = '" + first + "'");
    }

    @Test
    void aSessionOfWhichNobodyKnowsThePhoneIsLeftAlone() {
        asAnEarlierReleaseLeftIt();
        assertThat(login(second, "alice").result().reason()).isEqualTo("LoggedIn");
        assertThat(sessions()).as("logged in anew").isEqualTo(2);
        assertThat(report(first).hasSession()).isTrue();
    }

    @Test
    void itIsKnownAgainOnceTheSessionWasOpened() {
        asAnEarlierReleaseLeftIt();
        LoginOrder visit = Stage.loginOrder(name, first, Method.PhoneCode);
        stage.pod().run(workshop -> new SessionVisit(workshop, visit, Hints.NONE).run());
        Pod pod = askingNobody().mount(Paths.LOGIN + "/phone", "+491700000001");
        assertThat(login(pod, second, Method.PhoneCode).result().reason()).isEqualTo("LoggedIn");
        assertThat(sessions()).isEqualTo(1);
    }

    @Test
    void aSessionThatEndedMeanwhileIsToldAndTheNextLoginAsks() {
        stage.world().logins().revokeAll(stage.person("alice").id());
        Ending ended = login(second, "alice");
        assertThat(ended.exit()).isEqualTo(ExitCode.LOGIN_REQUIRED);
        assertThat(report(second).stateMessage()).contains("SESSION_REVOKED");
        assertThat(login(second, "alice").result().reason()).isEqualTo("LoggedIn");
    }

    @Test
    void aWorkerOfTheDeletedAccountIsWaitedFor() {
        Lease lease = held(first);
        LoginOrder order = Stage.loginOrder(name, second, Method.QrCode);
        Pod pod = askingNobody().start(workshop -> new LoginRun(workshop, order, Hints.NONE).run());
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> report(first).hasSession());
        stage.ledger().leases().release(lease);
        assertThat(pod.await().result().reason()).isEqualTo("LoggedIn");
        assertThat(stage.world().truth().overlaps()).isEmpty();
    }

    @Test
    void whoHeldTheDeletedAccountCanWriteNothingMore() {
        Lease lease = held(first);
        stage.leasesRunOut();
        assertThat(login(askingNobody(), second, Method.QrCode).result().reason())
                .isEqualTo("LoggedIn");
        assertThat(stage.ledger().sessions().save(lease, new byte[] {1})).isFalse();
        assertThat(report(first).hasSession()).isFalse();
    }

    @Test
    void whatTelegramToldTheUserToWaitStillBinds() {
        stage.database()
                .execute("UPDATE beckon_accounts.account SET cool_down_until = "
                        + stage.world().clock().instant().plusSeconds(900).toEpochMilli() + " WHERE account_uid = '"
                        + first + "'");
        Ending ending = login(stage.pod().withoutTelegram(), second, Method.QrCode);
        assertThat(ending.result().reason()).isEqualTo("FloodWait");
        stage.world().advanceClock(Duration.ofMinutes(16));
        assertThat(login(askingNobody(), second, Method.QrCode).result().reason())
                .isEqualTo("LoggedIn");
    }

    @Test
    void aLimitationStaysAndItsAcknowledgementIsOne() {
        Lease lease = held(first);
        stage.ledger().breakers().limitAccount(lease, "PeerFlood", "PEER_FLOOD");
        stage.ledger().leases().release(lease);
        assertThat(login(askingNobody(), second, Method.QrCode).result().reason())
                .isEqualTo("LoggedIn");
        long before = stage.world().truth().contacts().size();
        Orders again = Orders.of(second).mode(Mode.LinkOnly).people("carol");
        assertThat(stage.pod()
                        .withoutTelegram()
                        .run(Stage.inviting(again.build()))
                        .result()
                        .ending())
                .isEqualTo(RunResult.Ending.PAUSED);
        assertThat(stage.world().truth().contacts()).hasSize((int) before);
        String breaker = report(second).breaker().orElseThrow().breakerId();
        assertThat(breaker).isEqualTo(report(first).breaker().orElseThrow().breakerId());
        try (OperatorLedger operator =
                stage.database().operatorLedger(stage.world().clock())) {
            assertThat(operator.breakers().acknowledge(breaker)).isTrue();
        }
        assertThat(report(second).breaker()).isEmpty();
        assertThat(stage.invite(again.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
    }

    @Test
    void theSameAccountLogsInAnewWithItsOwnSessionAndNobodyElses() {
        assertThat(login(UUID.randomUUID().toString(), "zoey").result().reason())
                .isEqualTo("LoggedIn");
        assertThat(login(askingNobody(), first, Method.QrCode).result().reason())
                .isEqualTo("LoggedIn");
        assertThat(report(first).user().orElseThrow().username()).contains("alice");
    }
}
