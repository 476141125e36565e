package dev.beckon.ledger.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries what each user must not do. */
@Tag("integration")
class GrantsTest {
    /** No right on the database, the table, the column, or for the statement. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143, 1227, 1045);

    private static final TestDatabase DATABASE = TestDatabase.shared();

    @BeforeAll
    static void otherDomain() {
        DATABASE.execute(
                "CREATE DATABASE IF NOT EXISTS beckon_elsewhere",
                "CREATE TABLE IF NOT EXISTS beckon_elsewhere.post (id INT)");
    }

    private static void assertDenied(String user, String password, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(DATABASE.jdbcUrl(), user, password);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql))
                    .as(sql)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isIn(DENIED));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT identity FROM beckon_invite.person",
                "SELECT * FROM beckon_invite.person",
                "UPDATE beckon_invite.person SET identity = '' ",
                "UPDATE beckon_invite.person SET consent_basis = 'OptIn'",
                "INSERT INTO beckon_invite.person (campaign_id) VALUES (1)",
                "DELETE FROM beckon_invite.person",
                "SELECT lookup FROM beckon_invite.person_key",
                "SELECT bundle FROM beckon_accounts.session_bundle",
                "DELETE FROM beckon_accounts.session_bundle",
                "SELECT code FROM beckon_accounts.login_code",
                "DELETE FROM beckon_accounts.login_code",
                "SELECT detail FROM beckon_invite.intent",
                "UPDATE beckon_invite.intent SET state = 'Settled'",
                "UPDATE beckon_invite.intent SET account_id = 1",
                "SELECT lookup FROM beckon_invite.intent_identity",
                "SELECT * FROM beckon_invite.suppression",
                "DELETE FROM beckon_invite.suppression",
                "SELECT phone FROM beckon_invite.imported_contact",
                "SELECT * FROM beckon_invite.contact",
                "SELECT * FROM beckon_audit.outcome",
                "INSERT INTO beckon_audit.outcome (at) VALUES (1)",
                "UPDATE beckon_audit.outcome SET reason = ''",
                "DELETE FROM beckon_audit.outcome",
                "UPDATE beckon_accounts.lease SET holder = NULL",
                "DELETE FROM beckon_audit.ledger_sequence",
                "UPDATE beckon_audit.restored SET found_at = 0",
                "DELETE FROM beckon_audit.restored",
                "TRUNCATE TABLE beckon_audit.restored",
                "SELECT signing_key FROM beckon_invite.webhook_door",
                "SELECT token_digest FROM beckon_invite.webhook_door",
                "DELETE FROM beckon_invite.webhook_door",
                "SELECT * FROM beckon_invite.webhook_seen",
                "DROP TABLE beckon_invite.tally",
                "CREATE TABLE beckon_invite.mine (id INT)",
                "SELECT * FROM beckon_elsewhere.post",
                "SELECT * FROM beckon_parser.parsed_person",
                "SELECT * FROM beckon_parser.parsed_key",
                "UPDATE beckon_parser.dataset SET administered = 1",
                "SELECT post FROM beckon_content.publish_run",
                "UPDATE beckon_content.publish_run SET post = NULL",
                "UPDATE beckon_content.publish_run SET post_key = 'a'",
                "UPDATE beckon_content.publication SET message_id = NULL",
                "DELETE FROM beckon_content.post_decision",
                "DELETE FROM beckon_content.post_use",
                "SELECT * FROM beckon_content.publication",
                "SELECT raw FROM beckon_content.publication",
                "UPDATE beckon_content.publication SET reason = NULL",
                "SELECT * FROM beckon_invite.flyway_schema_history",
                "SELECT * FROM mysql.user",
            })
    void theOperatorMayNot(String sql) throws SQLException {
        assertDenied("beckon_operator", TestDatabase.OPERATOR_PASSWORD, sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE beckon_audit.outcome SET reason = ''",
                "DELETE FROM beckon_audit.outcome",
                "TRUNCATE TABLE beckon_audit.outcome",
                "DELETE FROM beckon_invite.suppression",
                "UPDATE beckon_invite.suppression SET chat_id = 1",
                "INSERT INTO beckon_audit.suppression_change (at) VALUES (1)",
                "SELECT * FROM beckon_audit.suppression_change",
                "INSERT INTO beckon_audit.restored (found_at) VALUES (1)",
                "UPDATE beckon_audit.restored SET found_at = 0",
                "DELETE FROM beckon_audit.restored",
                "TRUNCATE TABLE beckon_audit.restored",
                "UPDATE beckon_invite.breaker SET acknowledged_at = 1",
                "DELETE FROM beckon_invite.breaker",
                "DELETE FROM beckon_invite.person",
                "DELETE FROM beckon_invite.intent",
                "DELETE FROM beckon_accounts.account_use",
                "UPDATE beckon_accounts.account_use SET used_at = 0",
                "DELETE FROM beckon_accounts.lease",
                "INSERT INTO beckon_accounts.login_code (account_id) VALUES (1)",
                "UPDATE beckon_accounts.login_code SET digest = ''",
                "DELETE FROM beckon_invite.identity_gate",
                "SELECT * FROM beckon_invite.consumed_annotation",
                "DROP TABLE beckon_invite.person",
                "ALTER TABLE beckon_invite.person ADD x INT",
                "CREATE INDEX x ON beckon_invite.person (state)",
                "DROP DATABASE beckon_invite",
                "SELECT * FROM beckon_elsewhere.post",
                "DELETE FROM beckon_parser.parsed_person",
                "UPDATE beckon_parser.parsed_person SET line = ''",
                "DELETE FROM beckon_parser.dataset",
                "DELETE FROM beckon_content.publication",
                "UPDATE beckon_content.post_use SET run_id = 1",
                "SELECT * FROM beckon_invite.webhook_door",
                "SELECT deadline_at FROM beckon_invite.webhook_door",
                "UPDATE beckon_invite.webhook_door SET state = 'Open'",
                "SELECT * FROM beckon_invite.webhook_seen",
                "SELECT * FROM beckon_accounts.flyway_schema_history",
                "SELECT * FROM mysql.user",
                "CREATE USER thief",
                "GRANT SELECT ON beckon_audit.outcome TO beckon_operator",
            })
    void theWorkerMayNot(String sql) throws SQLException {
        assertDenied("beckon_worker", TestDatabase.WORKER_PASSWORD, sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE beckon_audit.suppression_change SET reason = ''",
                "DELETE FROM beckon_audit.suppression_change",
                "UPDATE beckon_invite.suppression SET reason = ''",
                "DELETE FROM beckon_invite.person",
                "UPDATE beckon_invite.person SET account_id = 1",
                "SELECT detail FROM beckon_invite.intent",
                "UPDATE beckon_invite.intent SET state = 'Settled'",
                "DELETE FROM beckon_invite.intent_identity",
                "INSERT INTO beckon_invite.intent_identity (chat_id) VALUES (1)",
                "SELECT * FROM beckon_invite.contact",
                "DELETE FROM beckon_invite.contact",
                "INSERT INTO beckon_invite.imported_contact (account_id) VALUES (1)",
                "UPDATE beckon_invite.imported_contact SET account_id = 1",
                "DELETE FROM beckon_invite.imported_contact",
                "UPDATE beckon_invite.chat SET wait_until = 0",
                "SELECT bundle FROM beckon_accounts.session_bundle",
                "DELETE FROM beckon_accounts.session_bundle",
                "SELECT state FROM beckon_accounts.account",
                "UPDATE beckon_audit.outcome SET reason = ''",
                "DELETE FROM beckon_audit.outcome",
                "DROP TABLE beckon_invite.suppression",
                "UPDATE beckon_parser.dataset SET administered = 1",
                "INSERT INTO beckon_parser.parsed_person (dataset_id) VALUES (1)",
                "SELECT post FROM beckon_content.publish_run",
                "DELETE FROM beckon_content.publish_run",
                "DELETE FROM beckon_content.post_use",
                "SELECT * FROM mysql.user",
            })
    void theStewardMayNot(String sql) throws SQLException {
        assertDenied("beckon_steward", TestDatabase.STEWARD_PASSWORD, sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT identity FROM beckon_invite.person",
                "SELECT state FROM beckon_invite.person",
                "UPDATE beckon_invite.person SET state = 'Done'",
                "UPDATE beckon_invite.person SET consent_basis = 'OptIn'",
                "INSERT INTO beckon_invite.person (campaign_id, ordinal, account_id, state, consent_basis, identity)"
                        + " VALUES (1, 1, 1, 'Done', 'OptIn', '')",
                "DELETE FROM beckon_invite.person",
                "DELETE FROM beckon_invite.person_key",
                "SELECT import_no FROM beckon_invite.person_key",
                "INSERT INTO beckon_invite.webhook_door (campaign_id) VALUES (1)",
                "UPDATE beckon_invite.webhook_door SET state = 'Open'",
                "UPDATE beckon_invite.webhook_door SET token_digest = NULL",
                "UPDATE beckon_invite.webhook_door SET deadline_at = NULL",
                "UPDATE beckon_invite.webhook_door SET cluster_uid = ''",
                "DELETE FROM beckon_invite.webhook_door",
                "INSERT INTO beckon_invite.campaign (campaign_uid) VALUES ('x')",
                "SELECT name FROM beckon_invite.campaign",
                "UPDATE beckon_invite.campaign SET chat_id = 1",
                "SELECT reason FROM beckon_invite.suppression",
                "INSERT INTO beckon_invite.suppression (lookup) VALUES ('')",
                "DELETE FROM beckon_invite.suppression",
                "SELECT * FROM beckon_invite.intent",
                "INSERT INTO beckon_invite.intent (campaign_id) VALUES (1)",
                "SELECT * FROM beckon_invite.intent_identity",
                "SELECT * FROM beckon_invite.contact",
                "SELECT * FROM beckon_invite.imported_contact",
                "DELETE FROM beckon_invite.tally",
                "SELECT * FROM beckon_audit.outcome",
                "UPDATE beckon_audit.outcome SET reason = ''",
                "DELETE FROM beckon_audit.outcome",
                "SELECT * FROM beckon_accounts.account",
                "SELECT * FROM beckon_accounts.session_bundle",
                "SELECT * FROM beckon_accounts.lease",
                "SELECT * FROM beckon_parser.parsed_person",
                "CREATE TABLE beckon_invite.mine (id INT)",
                "DROP TABLE beckon_invite.webhook_seen",
                "SELECT * FROM mysql.user",
            })
    void theGatewayMayNot(String sql) throws SQLException {
        assertDenied("beckon_gateway", TestDatabase.GATEWAY_PASSWORD, sql);
    }

    @Test
    void migratingAndGrantingAgainChangesNothingAndPasswordsMayChange() throws SQLException {
        DATABASE.migrate();
        Migrations migrations = new Migrations(DATABASE.jdbcUrl(), "root", "");
        migrations.grant(
                new Migrations.ServiceUser("beckon_operator2", "first"),
                new Migrations.ServiceUser("beckon_worker2", "w"));
        migrations.grant(
                new Migrations.ServiceUser("beckon_operator2", "sec'ond\\"),
                new Migrations.ServiceUser("beckon_worker2", "w"));
        assertThatThrownBy(() -> DriverManager.getConnection(DATABASE.jdbcUrl(), "beckon_operator2", "first"))
                .isInstanceOf(SQLException.class);
        try (Connection connection = DriverManager.getConnection(DATABASE.jdbcUrl(), "beckon_operator2", "sec'ond\\")) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void aNameThatIsNoUserIsRefused() {
        assertThatThrownBy(() -> new Migrations.ServiceUser("x'; DROP DATABASE y", "p"))
                .isInstanceOf(LedgerException.class);
        assertThat(new Migrations.ServiceUser("beckon_worker", "secret").toString())
                .doesNotContain("secret");
    }

    @Test
    void aDatabaseThatIsDownIsToldInASentence() {
        assertThatThrownBy(() -> new Migrations("jdbc:mysql://127.0.0.1:1/", "root", "").migrate())
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("can't be reached");
    }
}
