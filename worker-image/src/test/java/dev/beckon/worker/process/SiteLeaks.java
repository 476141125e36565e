package dev.beckon.worker.process;

import dev.beckon.leakscan.Haystack;
import dev.beckon.leakscan.LeakScan;
import dev.beckon.leakscan.Needles;
import dev.beckon.leakscan.SecretBytes;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.testing.TestDatabase;
import dev.beckon.simulator.world.Profile;
import dev.beckon.simulator.world.Truth;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks for the people of a world and for secrets in what workers wrote, and in what the ledger keeps readable. */
final class SiteLeaks {
    /** Where the ledger keeps by which names the team's own accounts go, also those of other tests. */
    private static final String ACCOUNTS = "beckon_accounts.account";

    private static final Set<String> OURS = Set.of("name", "username", "display_name");

    private final Needles needles = new Needles();
    private final SecretBytes secrets = new SecretBytes();

    /**
     * Looks for everybody of the world and for its auth keys. A team's own account, which has a session, may be named: only its
     * phone is nobody's business.
     */
    SiteLeaks(Truth truth, LedgerKeys keys) {
        Set<Long> ours = truth.sessions().stream()
                .map(Truth.SessionLook::userId)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        for (Profile person : truth.people()) {
            person.phone().ifPresent(phone -> needles.with("a person's phone", phone));
            person.password().ifPresent(password -> needles.with("a password", password));
            person.botToken().ifPresent(token -> needles.with("the token of a bot", token));
            if (!ours.contains(person.id())) {
                person.username().ifPresent(username -> needles.with("a person's username", username));
                needles.with("a person's name", person.firstName());
            }
        }
        truth.authKeys().forEach(look -> secrets.with("an auth key", look.key().toArray()));
        needles.withSecretValue("keys.json", keys.toJson());
        List.of(
                        TestDatabase.WORKER_PASSWORD,
                        TestDatabase.OPERATOR_PASSWORD,
                        TestDatabase.STEWARD_PASSWORD,
                        TestDatabase.GATEWAY_PASSWORD,
                        Site.API_HASH)
                .forEach(secret -> needles.with("a secret of the installation", secret));
    }

    /** One sentence for each find; never the find itself. */
    List<String> findings(List<WorkerProcess> workers, TestDatabase database) {
        List<Haystack> haystacks = new ArrayList<>();
        workers.forEach(worker -> haystacks.addAll(worker.written()));
        haystacks.addAll(tables(database));
        return new LeakScan(needles, secrets).findings(haystacks);
    }

    /** Each table of the ledger as its bytes lie there: what is encrypted holds nobody. */
    private static List<Haystack> tables(TestDatabase database) {
        List<Haystack> tables = new ArrayList<>();
        try (Connection connection = database.admin();
                Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery("SELECT CONCAT(table_schema, '.', table_name)"
                        + " FROM information_schema.tables WHERE table_schema LIKE 'beckon\\_%'")) {
            while (names.next()) {
                String table = names.getString(1);
                tables.add(new Haystack("the table " + table, () -> rows(database, table)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        if (tables.isEmpty()) {
            throw new IllegalStateException("the ledger has no tables: a scan of nothing finds nothing");
        }
        return tables;
    }

    private static byte[] rows(TestDatabase database, String table) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Connection connection = database.admin();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
            while (rows.next()) {
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    byte[] cell = rows.getBytes(column);
                    String name = rows.getMetaData().getColumnName(column);
                    if (cell != null && !(table.equals(ACCOUNTS) && OURS.contains(name))) {
                        bytes.writeBytes(cell);
                    }
                    bytes.write('\n');
                }
            }
            return bytes.toByteArray();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
