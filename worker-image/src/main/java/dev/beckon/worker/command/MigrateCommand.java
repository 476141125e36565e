package dev.beckon.worker.command;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.schema.Migrations;
import dev.beckon.ledger.schema.Migrations.ServiceUser;
import dev.beckon.workorder.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings the ledger's databases, users and grants up to date. */
@Command(
        name = "migrate",
        description = "Create the ledger's databases, bring their tables up to date and give operator and worker their"
                + " database users. Needs an administrator; may be repeated.")
public final class MigrateCommand implements Callable<Integer> {
    static final String CA = "Certificates as PEM of who must have signed the database's ($BECKON_LEDGER_CA_FILE);"
            + " without it the JDBC URL says what is checked";

    @Option(
            names = "--jdbc-url",
            required = true,
            defaultValue = "${env:BECKON_LEDGER_JDBC_URL}",
            description = "jdbc:mysql://host:port/ ($BECKON_LEDGER_JDBC_URL)")
    private String jdbcUrl;

    @Option(
            names = "--username",
            required = true,
            defaultValue = "${env:BECKON_LEDGER_USERNAME}",
            description =
                    "The administrator ($BECKON_LEDGER_USERNAME); its password is read from $BECKON_LEDGER_PASSWORD.")
    private String username;

    @Option(
            names = "--operator-user",
            defaultValue = "beckon_operator",
            description = "Default: ${DEFAULT-VALUE}; password from $BECKON_OPERATOR_PASSWORD")
    private String operatorUser;

    @Option(
            names = "--worker-user",
            defaultValue = "beckon_worker",
            description = "Default: ${DEFAULT-VALUE}; password from $BECKON_WORKER_PASSWORD")
    private String workerUser;

    @Option(
            names = "--steward-user",
            defaultValue = "beckon_steward",
            description = "Who keeps the suppression list by hand. Default: ${DEFAULT-VALUE}; made or updated only when"
                    + " $BECKON_STEWARD_PASSWORD is set")
    private String stewardUser;

    @Option(
            names = "--gateway-user",
            defaultValue = "beckon_gateway",
            description = "Who takes in what webhooks bring. Default: ${DEFAULT-VALUE}; made or updated only when"
                    + " $BECKON_GATEWAY_PASSWORD is set")
    private String gatewayUser;

    @Option(
            names = "--exporter-user",
            defaultValue = "beckon_exporter",
            description = "Who writes the suppression list to a file by a schedule. Default: ${DEFAULT-VALUE}; made or"
                    + " updated only when $BECKON_EXPORTER_PASSWORD is set")
    private String exporterUser;

    @Option(names = "--ca-file", defaultValue = "${env:BECKON_LEDGER_CA_FILE}", description = CA)
    private Path ca;

    @Option(
            names = "--wait",
            defaultValue = "PT0S",
            description =
                    "How long to try again while the database can't be reached, such as PT5M. Default: not at all")
    private Duration longest;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            Migrations migrations =
                    new Migrations(jdbcUrl, username, secret("BECKON_LEDGER_PASSWORD"), Optional.ofNullable(ca));
            Patience.with(longest, InstantSource.system(), LedgerUnavailableException.class, migrations::migrate);
            migrations.grant(
                    new ServiceUser(operatorUser, secret("BECKON_OPERATOR_PASSWORD")),
                    new ServiceUser(workerUser, secret("BECKON_WORKER_PASSWORD")));
            Optional<ServiceUser> steward =
                    optionalSecret("BECKON_STEWARD_PASSWORD").map(password -> new ServiceUser(stewardUser, password));
            steward.ifPresent(migrations::grantSteward);
            Optional<ServiceUser> gateway =
                    optionalSecret("BECKON_GATEWAY_PASSWORD").map(password -> new ServiceUser(gatewayUser, password));
            gateway.ifPresent(migrations::grantGateway);
            Optional<ServiceUser> exporter =
                    optionalSecret("BECKON_EXPORTER_PASSWORD").map(password -> new ServiceUser(exporterUser, password));
            exporter.ifPresent(migrations::grantExporter);
            spec.commandLine()
                    .getOut()
                    .println("The ledger is up to date; " + operatorUser
                            + steward.map(user -> ", " + user.name()).orElse("")
                            + gateway.map(user -> ", " + user.name()).orElse("")
                            + exporter.map(user -> ", " + user.name()).orElse("") + " and " + workerUser
                            + " have their grants.");
            return ExitCode.OK.code();
        } catch (LedgerUnavailableException e) {
            err.println(e.getMessage());
            return ExitCode.LEDGER_UNAVAILABLE.code();
        } catch (LedgerException | IllegalArgumentException e) {
            err.println(e.getMessage());
            return ExitCode.BAD_INPUT.code();
        }
    }

    private static String secret(String variable) {
        return optionalSecret(variable)
                .orElseThrow(
                        () -> new IllegalArgumentException("The environment variable " + variable + " is not set"));
    }

    private static Optional<String> optionalSecret(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isEmpty());
    }
}
