package dev.beckon.worker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Telegram ended a session: wherever the worker that finds out dies, the account says so in the end and can log in again. */
@Tag("integration")
class SessionEndTest {
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: bobby}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            """;

    @TempDir
    private Path folder;

    @Test
    void whoeverFindsOutMayDieAtAnyStatement() {
        boolean whole = false;
        boolean diedAfterwards = false;
        for (long moment = 1; !whole; moment++) {
            // A stage for each: the pods of one keep their connections.
            try (Stage stage = new Stage(folder.resolve("stage-" + moment), WORLD)) {
                String account = stage.login("alice");
                stage.world().logins().revokeAll(stage.person("alice").id());
                Orders orders = Orders.of(account).people("bobby");
                whole = cutOff(stage, orders, moment).isPresent();
                AccountReport left = report(stage, account);
                assertThat(left.state() == AccountState.LoggedOut)
                        .as("what is said of the session is so, after moment %d", moment)
                        .isEqualTo(!left.hasSession());
                diedAfterwards |= !whole && !left.hasSession();
                healsByALogin(stage, account, orders);
            }
        }
        assertThat(diedAfterwards).as("the window after the end was written").isTrue();
    }

    /** TDLib may hang in its end: it still uses the session, and writes its files. */
    @Test
    void aClientThatDoesNotEndIsNeitherSavedNorLeftToOthers() {
        try (Stage stage = new Stage(folder.resolve("stage"), WORLD)) {
            String account = stage.login("alice");
            Orders orders = Orders.of(account).people("bobby");
            try (Pod pod = stage.pod().wiretapped(Wiretap.answering("isClosed", false))) {
                assertThat(pod.run(Stage.inviting(orders.build())).exit()).isEqualTo(ExitCode.LEASE_HELD);
            }
            assertThat(report(stage, account).lease())
                    .as("it runs out by itself")
                    .isPresent();

            stage.leasesRunOut();
            assertThat(stage.invite(orders.build()).exit()).isEqualTo(ExitCode.OK);
        }
    }

    private static void healsByALogin(Stage stage, String account, Orders orders) {
        assertThat(stage.invite(orders.build()).exit()).isEqualTo(ExitCode.LOGIN_REQUIRED);
        assertThat(report(stage, account).state()).isIn(AccountState.LoggedOut, AccountState.LoginRequired);
        assertThat(report(stage, account).hasSession()).isFalse();
        stage.login(account, stage.person("alice"));
        assertThat(report(stage, account).state()).isEqualTo(AccountState.Ready);
        assertThat(stage.world().truth().overlaps()).isEmpty();
    }

    private static Optional<Ending> cutOff(Stage stage, Orders orders, long moment) {
        try (Pod pod = stage.cutOff(moment)) {
            return Optional.of(pod.run(Stage.inviting(orders.build())));
        } catch (LedgerException e) {
            return Optional.empty();
        } finally {
            stage.leasesRunOut();
        }
    }

    private static AccountReport report(Stage stage, String account) {
        return stage.ledger().reports().accounts(List.of(account)).get(account);
    }
}
