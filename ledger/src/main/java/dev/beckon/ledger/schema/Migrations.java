package dev.beckon.ledger.schema;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.sql.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Creates the ledger's databases, brings their tables up to date, each domain with a history of its own, and gives each
 * service the grants it needs. Every step may be repeated; one that was cut short is made good by the next run.
 */
public final class Migrations {
    /** The domains; each is the database {@code beckon_<domain>}. */
    public static final List<String> DOMAINS = List.of("accounts", "invite", "parser", "content", "audit");

    private static final int ACCESS_DENIED = 1045;

    private final String jdbcUrl;
    private final String username;
    private final String password;

    /**
     * @param jdbcUrl {@code jdbc:mysql://host:port/}
     * @param username an administrator: may create databases and users
     * @throws LedgerException when the URL is not one of MySQL's
     */
    public Migrations(String jdbcUrl, String username, String password) {
        this(jdbcUrl, username, password, Optional.empty());
    }

    /**
     * The same over TLS.
     *
     * @param ca certificates as PEM of who must have signed the server's
     * @throws LedgerException when the URL is not one of MySQL's, or the authority can't be checked
     */
    public Migrations(String jdbcUrl, String username, String password, Optional<Path> ca) {
        if (!jdbcUrl.startsWith("jdbc:mysql:")) {
            throw new LedgerException(
                    "The JDBC URL must begin with jdbc:mysql: (MariaDB is spoken to with the same driver)");
        }
        this.jdbcUrl = Tls.url(jdbcUrl, ca);
        this.username = username;
        this.password = password;
    }

    /** A service's database user. Printed without the password. */
    public record ServiceUser(String name, String password) {
        public ServiceUser {
            // It stands in statements that take no parameters.
            if (!name.matches("[A-Za-z0-9_]{1,32}")) {
                throw new LedgerException("A database user's name has 1 to 32 letters, digits or underscores.");
            }
        }

        @Override
        public String toString() {
            return "ServiceUser[" + name + "]";
        }
    }

    /** Databases and tables. Two that run at once wait for each other. */
    public void migrate() {
        execute(DOMAINS.stream()
                .map(domain ->
                        "CREATE DATABASE IF NOT EXISTS beckon_" + domain + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
                .toList());
        for (String domain : DOMAINS) {
            try {
                Flyway flyway = Flyway.configure()
                        .dataSource(urlOf("beckon_" + domain), username, password)
                        .locations("classpath:db/" + domain)
                        .validateMigrationNaming(true)
                        .load();
                // A kill in the middle of a script leaves no row, an error one that says so. Either way it is run anew:
                // each of
                // its statements may be repeated.
                if (Stream.of(flyway.info().all())
                        .anyMatch(info -> info.getState().isFailed())) {
                    flyway.repair();
                }
                flyway.migrate();
            } catch (FlywayException e) {
                throw new LedgerException("Migrating beckon_" + domain + " failed: " + e.getMessage());
            }
        }
    }

    /** The users {@code beckon_operator} and {@code beckon_worker}, or whatever they are called here, and their grants. */
    public void grant(ServiceUser operator, ServiceUser worker) {
        grant("operator", operator);
        grant("worker", worker);
    }

    /** The user {@code beckon_steward}: who keeps the suppression list by hand. An installation may do without. */
    public void grantSteward(ServiceUser steward) {
        grant("steward", steward);
    }

    /** The user {@code beckon_gateway}: who takes in what webhooks bring. An installation may do without. */
    public void grantGateway(ServiceUser gateway) {
        grant("gateway", gateway);
    }

    /** The user {@code beckon_exporter}: who writes the suppression list to a file by a schedule. An installation may do without. */
    public void grantExporter(ServiceUser exporter) {
        grant("exporter", exporter);
    }

    private void grant(String service, ServiceUser user) {
        String account = "'" + user.name() + "'@'%'";
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE USER IF NOT EXISTS " + account);
            statement.execute("ALTER USER " + account + " IDENTIFIED BY " + literal(user.password()));
            for (String line : script(service)) {
                statement.execute(line.replace("${user}", account));
            }
        } catch (SQLException e) {
            throw failure("granting to " + service, e);
        }
    }

    /** For statements that take no parameters; the driver's own quoting treats a backslash in two ways. */
    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static List<String> script(String service) {
        String path = "/db/grants/" + service + ".sql";
        try (InputStream in = Migrations.class.getResourceAsStream(path)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
            return List.of(text.split(";")).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new LedgerException(path + " can't be read");
        }
    }

    private void execute(List<String> statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw failure("creating databases", e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, username, password);
    }

    private static LedgerException failure(String step, SQLException e) {
        String numbers = " (SQLState " + e.getSQLState() + ", error " + e.getErrorCode() + ")";
        if (e.getErrorCode() == ACCESS_DENIED) {
            return new LedgerException("The database refuses the administrator's name or password" + numbers);
        }
        Optional<String> tls = Tls.complaint(e);
        if (tls.isPresent()) {
            return new LedgerException(tls.get() + numbers);
        }
        return e.getSQLState() != null && e.getSQLState().startsWith("08")
                ? new LedgerUnavailableException("The ledger's database can't be reached at \"" + step + "\"" + numbers)
                : new LedgerException("The ledger's database refused \"" + step + "\"" + numbers);
    }

    /** The URL with this database in it. */
    private String urlOf(String database) {
        int query = jdbcUrl.indexOf('?');
        String base = query < 0 ? jdbcUrl : jdbcUrl.substring(0, query);
        String rest = query < 0 ? "" : jdbcUrl.substring(query);
        int path = base.indexOf('/', "jdbc:mysql://".length());
        return (path < 0 ? base : base.substring(0, path)) + "/" + database + rest;
    }
}
