package dev.beckon.ledger.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ServerVersionTest {
    @Test
    void mySqlNineIsTakenInAnyPackaging() {
        assertThat(new String[] {"9.7.4-2", "9.0.1", "9.10.0-commercial"}).allMatch(ServerVersion.MYSQL_9::is);
    }

    @Test
    void anotherMajorOfMySqlIsRefused() {
        assertThat(new String[] {"8.4.6", "8.0.9", "10.0.0", "90.1.0", "19.2.3"})
                .noneMatch(ServerVersion.MYSQL_9::is);
    }

    /** It speaks the same protocol, and would pass nearly everything. */
    @Test
    void mariaDbIsNoMySqlAndMySqlNoMariaDb() {
        assertThat(ServerVersion.MYSQL_9.is("9.7.4-MariaDB")).isFalse();
        assertThat(ServerVersion.MYSQL_9.is("11.4.5-MariaDB-log")).isFalse();
        assertThat(ServerVersion.MARIADB_11_4.is("11.4.5")).isFalse();
    }

    @Test
    void mariaDbIsTakenFromItsOldestPromisedVersionOn() {
        assertThat(new String[] {"11.4.5-MariaDB", "11.8.2-MariaDB-log", "11.10.1-MariaDB", "12.0.1-MariaDB"})
                .allMatch(ServerVersion.MARIADB_11_4::is);
        assertThat(new String[] {"11.3.2-MariaDB", "10.11.9-MariaDB"}).noneMatch(ServerVersion.MARIADB_11_4::is);
    }

    @Test
    void theRefusalNamesBothServersAndTheRemedy() {
        assertThat(ServerVersion.MYSQL_9.refusal("8.4.6"))
                .contains("MySQL 9")
                .contains("8.4.6")
                .contains("remove the folder mysql");
    }

    @Test
    @Tag("integration")
    void theServerOfTheseTestsIsTheOneThatTheyAreFor() throws SQLException {
        TestDatabase database = TestDatabase.shared();
        try (Connection connection = database.admin();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT VERSION()")) {
            answer.next();
            assertThat(answer.getString(1)).matches(database.wanted()::is);
        }
        boolean mysql = System.getProperty("beckon.test.database", "mariadb").equals("mysql");
        assertThat(database.wanted()).isEqualTo(mysql ? ServerVersion.MYSQL_9 : ServerVersion.MARIADB_11_4);
    }
}
