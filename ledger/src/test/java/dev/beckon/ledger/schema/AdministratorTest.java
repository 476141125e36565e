package dev.beckon.ledger.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.schema.Migrations.ServiceUser;
import dev.beckon.ledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who migrates need not be root: the rights that docs/helm.md gives are enough, on an empty server and on one that was migrated before. */
@Tag("integration")
class AdministratorTest {
    @TempDir
    private Path folder;

    private static String[] documented() throws IOException {
        String page = Files.readString(Path.of("../docs/helm.md"));
        int begin = page.indexOf("```sql\n") + "```sql\n".length();
        return Arrays.stream(page.substring(begin, page.indexOf("```", begin)).split(";"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> line.replace("'…'", "'secret'"))
                .toArray(String[]::new);
    }

    @Test
    void theRightsOfTheDocumentationAreEnough() throws IOException, SQLException {
        try (TestDatabase database = TestDatabase.start(folder)) {
            for (String domain : Migrations.DOMAINS) {
                database.execute("DROP DATABASE beckon_" + domain);
            }
            database.execute("DROP USER 'beckon_gateway'@'%'");
            database.execute(documented());

            Migrations migrations = new Migrations(database.jdbcUrl(), "beckon_admin", "secret");
            for (int release = 0; release < 2; release++) {
                migrations.migrate();
                migrations.grant(new ServiceUser("beckon_operator", "o"), new ServiceUser("beckon_worker", "w"));
                migrations.grantSteward(new ServiceUser("beckon_steward", "s"));
                migrations.grantGateway(new ServiceUser("beckon_gateway", "g"));
                migrations.grantExporter(new ServiceUser("beckon_exporter", "e"));
            }

            try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), "beckon_gateway", "g");
                    Statement statement = connection.createStatement()) {
                assertThat(statement
                                .executeQuery("SELECT campaign_id FROM beckon_invite.campaign")
                                .next())
                        .isFalse();
            }
        }
    }
}
