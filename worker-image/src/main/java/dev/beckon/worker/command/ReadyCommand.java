package dev.beckon.worker.command;

import dev.beckon.ledger.LedgerConfig;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.ClockCheck;
import dev.beckon.workorder.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether an installation's parts answer each other; {@code helm test} runs it. */
@Command(
        name = "ready",
        description =
                "Tell whether the ledger answers the operator's user, has what this version needs and agrees with this"
                        + " machine's clock, and whether each URL answers 200. Changes nothing.")
public final class ReadyCommand implements Callable<Integer> {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int SHOWN = 1_000;

    /** Of no resource. */
    private static final Set<String> NOBODY = Set.of("00000000-0000-0000-0000-000000000000");

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
                    "The operator's user ($BECKON_LEDGER_USERNAME); its password is read from $BECKON_LEDGER_PASSWORD.")
    private String username;

    @Option(names = "--ca-file", defaultValue = "${env:BECKON_LEDGER_CA_FILE}", description = MigrateCommand.CA)
    private Path ca;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Must answer 200, such as …/health/ready; may be repeated.")
    private List<URI> urls = List.of();

    @Option(
            names = "--wait",
            defaultValue = "PT0S",
            description = "How long to try again what does not answer, such as PT1M.")
    private Duration longest;

    @Spec
    private CommandSpec spec;

    private final UnaryOperator<String> environment;

    public ReadyCommand() {
        this(System::getenv);
    }

    /** @param environment the value of a variable, or null */
    ReadyCommand(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return Answer.to(spec.commandLine().getErr(), () -> {
            Patience.with(longest, InstantSource.system(), LedgerUnavailableException.class, this::ledger);
            try (HttpClient client =
                    HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
                for (URI url : urls) {
                    Patience.with(longest, InstantSource.system(), NoAnswer.class, () -> server(client, url));
                }
            } catch (NoAnswer e) {
                throw new BadInput(e.getMessage(), e);
            }
            return ExitCode.OK;
        });
    }

    /** What the next try may mend. */
    private static final class NoAnswer extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoAnswer(String sentence) {
            super(sentence);
        }
    }

    private void ledger() {
        String password = Optional.ofNullable(environment.apply("BECKON_LEDGER_PASSWORD"))
                .orElseThrow(() -> new BadInput("The environment variable BECKON_LEDGER_PASSWORD is not set"));
        LedgerConfig config = new LedgerConfig(jdbcUrl, username, password).withCa(Optional.ofNullable(ca));
        try (OperatorLedger ledger = OperatorLedger.open(config, InstantSource.system())) {
            // Each column that the operator reads: what `worker migrate` of this version has not made is told.
            ledger.reports().campaigns(NOBODY);
            ledger.reports().accounts(NOBODY);
            ledger.reports().parsers(NOBODY);
            ledger.reports().autoposts(NOBODY);
            Duration skew = ledger.clockSkew();
            ClockCheck.trouble(skew, "workers of this node do nothing").ifPresent(trouble -> {
                throw new BadInput("ClockSkew", trouble);
            });
            say("The ledger answers and has what this version needs; its clock differs by "
                    + skew.abs().toMillis() + " ms.");
        }
    }

    private void server(HttpClient client, URI url) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(url).timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
            String body = answer.body().strip();
            String shown = body.substring(0, Math.min(body.length(), SHOWN));
            if (answer.statusCode() != 200) {
                throw new NoAnswer(url + " answers " + answer.statusCode() + ": " + shown);
            }
            say(url + " answers 200: " + shown);
        } catch (IOException e) {
            throw new NoAnswer(url + " does not answer.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadInput(url + " was not waited for.", e);
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
