package dev.beckon.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** What must hold in the database after anything, read with every right. */
public final class LedgerAudit {
    private LedgerAudit() {}

    /** The counts kept with each move are those that a count of all people gives. */
    public static void assertTallyIsTrue(TestDatabase database, String campaignUid) {
        String of = " JOIN beckon_invite.campaign c USING (campaign_id) WHERE c.campaign_uid = ?";
        Map<String, Long> kept = counts(
                database,
                "SELECT CONCAT_WS('/', account_id, state, status, reason), people FROM beckon_invite.tally" + of
                        + " AND state NOT IN ('AtImport', 'Line') AND people <> 0",
                campaignUid);
        Map<String, Long> counted = counts(
                database,
                "SELECT CONCAT_WS('/', account_id, state, IF(state IN ('Pending', 'InFlight'), '', status),"
                        + " IF(state IN ('Pending', 'InFlight'), '', reason)), COUNT(*) FROM beckon_invite.person" + of
                        + " GROUP BY 1",
                campaignUid);
        assertThat(kept).as("tally against people").isEqualTo(counted);
    }

    /** Every person in flight has exactly one open intent, and nobody else has any. */
    public static void assertInFlightIsExactlyWhatIsOpen(TestDatabase database, String campaignUid) {
        assertThat(counts(
                        database,
                        "SELECT CONCAT(p.ordinal, ' ', p.state), COUNT(i.intent_id) FROM beckon_invite.person p"
                                + " JOIN beckon_invite.campaign c USING (campaign_id)"
                                + " LEFT JOIN beckon_invite.intent i ON i.campaign_id = p.campaign_id"
                                + " AND i.ordinal = p.ordinal AND i.state = 'Open' WHERE c.campaign_uid = ?"
                                + " GROUP BY p.ordinal, p.state"
                                + " HAVING COUNT(i.intent_id) <> IF(p.state = 'InFlight', 1, 0)",
                        campaignUid))
                .as("people whose state and open intents differ")
                .isEmpty();
    }

    /** Ends every lease of the account as time would. */
    public static void expireLease(TestDatabase database, String accountUid) {
        database.execute("UPDATE beckon_accounts.lease SET expires_at = 0, takeover_at = 0 WHERE account_id ="
                + " (SELECT account_id FROM beckon_accounts.account WHERE account_uid = '" + accountUid + "')");
    }

    private static Map<String, Long> counts(TestDatabase database, String sql, String parameter) {
        try (Connection connection = database.admin();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            Map<String, Long> counts = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getLong(2));
                }
            }
            return counts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
