package dev.beckon.worker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A saved session that can't be unpacked is refused with a sentence and kept, until a login that works stands beside it. */
@Tag("integration")
class DamagedSessionTest {
    @TempDir
    private Path folder;

    @Test
    void itIsRefusedAndKeptAndTheAccountLogsInAnew() {
        try (Stage stage = new Stage(folder, """
                people:
                  - {username: alice, phone: "+491700000001"}
                  - {username: bobby}
                chats:
                  - {title: Meetup, username: meetup, owner: alice}
                """)) {
            String account = stage.login("alice");
            damage(stage, account);
            Orders orders = Orders.of(account).people("bobby");
            Ending ending = stage.invite(orders.build());
            assertThat(ending.exit()).isEqualTo(ExitCode.LOGIN_REQUIRED);
            AccountReport report = report(stage, account);
            assertThat(report.state()).isEqualTo(AccountState.LoginRequired);
            assertThat(report.stateMessage().orElseThrow()).contains("damaged").contains("kept");
            assertThat(report.hasSession()).isTrue();

            stage.login(account, stage.person("alice"));
            assertThat(report(stage, account).state()).isEqualTo(AccountState.Ready);
            assertThat(stage.invite(orders.build()).exit()).isEqualTo(ExitCode.OK);
        }
    }

    /** As a disk does it: by chance, anywhere in what is stored, which is encrypted. */
    @Test
    void aFlippedBitIsToldAndHealedByALogin() {
        try (Stage stage = new Stage(folder, """
                people:
                  - {username: alice, phone: "+491700000001"}
                  - {username: bobby}
                chats:
                  - {title: Meetup, username: meetup, owner: alice}
                """)) {
            String account = stage.login("alice");
            String bundle = "UPDATE beckon_accounts.session_bundle s JOIN beckon_accounts.account a USING (account_id)"
                    + " SET s.bundle = INSERT(s.bundle, 40, 1, CHAR(ASCII(SUBSTRING(s.bundle, 40, 1)) ^ 1))"
                    + " WHERE a.account_uid = '" + account + "'";
            stage.database().execute(bundle);

            Orders orders = Orders.of(account).people("bobby");
            Ending ending = stage.invite(orders.build());

            assertThat(ending.exit()).isEqualTo(ExitCode.LOGIN_REQUIRED);
            assertThat(ending.result().reason()).isEqualTo("SessionDamaged");
            assertThat(ending.result().message()).contains("refused and kept").doesNotContain("Telegram says");
            AccountReport report = report(stage, account);
            assertThat(report.state()).isEqualTo(AccountState.LoginRequired);
            assertThat(report.stateReason()).contains("SessionDamaged");
            assertThat(report.hasSession()).isTrue();
            assertThat(report.lease()).isEmpty();

            stage.login(account, stage.person("alice"));
            assertThat(stage.invite(orders.build()).exit()).isEqualTo(ExitCode.OK);
        }
    }

    /** As where the test data centres were switched on: TDLib looks for another file and asks who it is. */
    @Test
    void oneInWhichTelegramsLibraryFindsNoKeyIsKept() throws IOException {
        try (Stage stage = new Stage(folder.resolve("stage"), """
                people:
                  - {username: alice, phone: "+491700000001"}
                  - {username: bobby}
                chats:
                  - {title: Meetup, username: meetup, owner: alice}
                """)) {
            String account = stage.login("alice");
            Path without = Files.createDirectory(folder.resolve("without-key"));
            Files.writeString(without.resolve("td_test.binlog"), "of other data centres");
            save(stage, account, SessionBundle.pack(without));
            Orders orders = Orders.of(account).people("bobby");

            Ending ending = stage.invite(orders.build());

            assertThat(ending.exit()).isEqualTo(ExitCode.LOGIN_REQUIRED);
            assertThat(ending.result().message()).contains("is kept").contains("BECKON_TELEGRAM_TEST_DC");
            AccountReport report = report(stage, account);
            assertThat(report.state()).isEqualTo(AccountState.LoginRequired);
            assertThat(report.stateReason()).contains("SessionDamaged");
            assertThat(report.hasSession()).isTrue();
            assertThat(report.lease()).isEmpty();

            stage.login(account, stage.person("alice"));
            assertThat(stage.invite(orders.build()).exit()).isEqualTo(ExitCode.OK);
        }
    }

    private static void damage(Stage stage, String account) {
        save(stage, account, "no session".getBytes(StandardCharsets.UTF_8));
    }

    private static void save(Stage stage, String account, byte[] bundle) {
        Lease lease = ((LeaseResult.Acquired)
                        stage.ledger().leases().acquire(account, "test", Priority.Login, Duration.ofMinutes(1)))
                .lease();
        stage.ledger().sessions().save(lease, bundle);
        stage.ledger().leases().release(lease);
    }

    private static AccountReport report(Stage stage, String account) {
        return stage.ledger().reports().accounts(List.of(account)).get(account);
    }
}
