package dev.beckon.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerUnavailableException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlErrorsTest {
    @Test
    void driverMessagesWithValuesAreDropped() {
        Exception driver = new RuntimeException(
                "binding phone '+491701234567'", new SQLException("Duplicate entry '+491701234567'", "23000", 1062));
        LedgerException translated = SqlErrors.translate("open intent", driver);
        assertThat(translated)
                .hasMessage("The ledger's database refused \"open intent\" (SQLState 23000, error 1062).")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({"08S01, 0", "HY000, 2013", "08004, 1040", "08S01, 1053", "28000, 1045"})
    void brokenConnectionsAreToldApart(String state, int code) {
        assertThat(SqlErrors.translate("renew lease", new SQLException("x", state, code)))
                .isInstanceOf(LedgerUnavailableException.class);
    }

    @ParameterizedTest
    @CsvSource({"1213, true", "1205, true", "1062, false", "0, false"})
    void onlyRolledBackConflictsAreTriedAgain(int code, boolean retryable) {
        assertThat(SqlErrors.isRetryable(new RuntimeException(new SQLException("x", "40001", code))))
                .isEqualTo(retryable);
    }

    @Test
    void aConnectionThatBrokeBetweenTwoStatementsIsAnOutageThatPasses() {
        RuntimeException failed = closedStatement();
        // As Jdbi leaves it: what the rollback said is attached to what the work said.
        failed.addSuppressed(new RuntimeException(new SQLException("closed", "08003")));
        assertThat(SqlErrors.translate("open intent", failed))
                .isInstanceOf(LedgerUnavailableException.class)
                .hasMessageContaining("open intent");
    }

    @ParameterizedTest
    @CsvSource({"42S02, 1146", "42S22, 1054", "42000, 1142", "42000, 1143", "42000, 1044", "42000, 1049"})
    void whatAnOlderDatabaseLacksNamesTheCommandThatMakesIt(String state, int code) {
        assertThat(SqlErrors.translate("read usage", new SQLException("Unknown column 'x'", state, code)))
                .hasMessage(
                        "The ledger's database lacks a table, a column or a right that this version needs at \"read usage\" (SQLState "
                                + state + ", error " + code
                                + "): run \"worker migrate\" of this version, with the same passwords.");
    }

    @Test
    void aMistakeOfOursOnAConnectionThatLivesIsNone() {
        assertThat(SqlErrors.translate("open intent", closedStatement()))
                .isNotInstanceOf(LedgerUnavailableException.class);
    }

    private static RuntimeException closedStatement() {
        return new RuntimeException(new SQLException("No operations allowed after statement closed.", "S1009", 0));
    }
}
