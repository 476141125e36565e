package dev.beckon.bench.webhook;

import com.zaxxer.hikari.HikariDataSource;
import dev.beckon.bench.Benchmark;
import dev.beckon.bench.Effort;
import dev.beckon.bench.report.Figure;
import dev.beckon.bench.report.Series;
import dev.beckon.bench.stage.FreshDatabase;
import dev.beckon.bench.stage.GatewayProcess;
import dev.beckon.bench.stage.Stages;
import dev.beckon.bench.webhook.Callers.Measured;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.webhook.Door;
import dev.beckon.ledger.webhook.DoorSeal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;

/** Events over HTTP into the ledger, against a row into a table. */
public final class WebhookBenchmark implements Benchmark {
    private static final int CALLERS = 64;

    /** As many as a gateway has. */
    private static final int CONNECTIONS = 8;

    private static final String TOKEN = "a-token-of-the-benchmark";
    private static final String CAMPAIGN = "campaign-of-the-benchmark";
    private static final long FIRST_PHONE = 49_170_000_000_000L;

    private final Stages stages;
    private long nextPhone = FIRST_PHONE;

    public WebhookBenchmark(Stages stages) {
        this.stages = stages;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public String title() {
        return "Webhook events kept";
    }

    @Override
    public String measured() {
        return CALLERS
                + " callers on connections of their own, each posting one event after the other (JSON, with a token and an id) to one"
                + " campaign of one gateway: known as no repeat and no person of the campaign, checked against the suppression list,"
                + " encrypted, logged, counted, and on disk before `202`. And one caller alone. Callers, gateway and database share the"
                + " machine.";
    }

    @Override
    public String peer() {
        return "As many threads, each inserting one row after the other into a table of phone and name whose phone is unique, one commit a"
                + " row, over a pool of " + CONNECTIONS
                + " connections with the ledger's own settings, on the same server; no HTTP, in"
                + " the clear.";
    }

    @Override
    public Outcome run(Effort effort) throws Exception {
        int events = effort.size(20_000, 500);
        int alone = effort.size(1_000, 100);
        List<Measured> ours = new ArrayList<>();
        List<Measured> oursAlone = new ArrayList<>();
        List<Measured> rows = new ArrayList<>();
        List<Measured> rowsAlone = new ArrayList<>();
        try (FreshDatabase database = stages.database()) {
            LedgerKeys keys = LedgerKeys.generate();
            Path file = database.folder().resolve("keys.json");
            Files.writeString(file, keys.toJson());
            openDoor(database, keys);
            Path log = database.folder().resolve("gateway.log");
            try (HikariDataSource pool = (HikariDataSource)
                            Database.pool(database.administrator().withPoolSize(CONNECTIONS));
                    GatewayProcess gateway = GatewayProcess.start(database.gateway(), file, log)) {
                GatewayProcess.await(log, "Webhooks: 1 known");
                createTable(pool);
                // Both compile what they do most before it counts.
                post(gateway, CALLERS, events / 2);
                insert(pool, CALLERS, events / 2);
                for (int round = 0; round < effort.rounds(5); round++) {
                    ours.add(post(gateway, CALLERS, events));
                    rows.add(insert(pool, CALLERS, events));
                    oursAlone.add(post(gateway, 1, alone));
                    rowsAlone.add(insert(pool, 1, alone));
                }
                requireAll(database);
            }
        }
        return new Outcome(List.of(
                Figure.of(
                                "webhook events kept per second, " + CALLERS + " callers",
                                "/s",
                                of(ours, Measured::perSecond))
                        .against(of(rows, Measured::perSecond)),
                Figure.of("time to the answer, p99", "ms", of(ours, Measured::p99))
                        .against(of(rows, Measured::p99)),
                Figure.of("time to the answer, median", "ms", of(ours, Measured::p50))
                        .against(of(rows, Measured::p50)),
                Figure.of("a caller alone, p99", "ms", of(oursAlone, Measured::p99))
                        .against(of(rowsAlone, Measured::p99)),
                Figure.of("a caller alone, median", "ms", of(oursAlone, Measured::p50))
                        .against(of(rowsAlone, Measured::p50))));
    }

    private static Series of(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        return new Series(rounds.stream().map(figure::applyAsDouble).toList());
    }

    private static void openDoor(FreshDatabase database, LedgerKeys keys) {
        try (OperatorLedger operator = OperatorLedger.open(database.operator(), InstantSource.system())) {
            operator.webhooks()
                    .open(new Door(
                            "bench",
                            "webhook",
                            CAMPAIGN,
                            List.of("account"),
                            new DoorSeal(keys).seal(CAMPAIGN, Optional.of(TOKEN), Optional.empty()),
                            Consent.of(Consent.Basis.OptIn),
                            Door.DEFAULT_DEDUP_WINDOW,
                            1_000_000_000));
        }
    }

    private Measured post(GatewayProcess gateway, int callers, int events) throws Exception {
        long first = nextPhone;
        nextPhone += events;
        return Callers.measure(
                callers, events, () -> new HttpCaller(gateway.port(), "/webhook/bench/webhook", TOKEN, first));
    }

    private static void createTable(DataSource pool) throws Exception {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS bench");
            statement.execute(
                    "CREATE TABLE bench.event (id BIGINT AUTO_INCREMENT PRIMARY KEY, phone VARCHAR(20) NOT NULL,"
                            + " first_name VARCHAR(64), UNIQUE KEY (phone)) ENGINE=InnoDB");
        }
    }

    private Measured insert(DataSource pool, int callers, int rows) throws Exception {
        long first = nextPhone;
        nextPhone += rows;
        return Callers.measure(callers, rows, () -> number -> {
            try (Connection connection = pool.getConnection();
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO bench.event (phone, first_name) VALUES (?, 'Guest')")) {
                insert.setString(1, "+" + (first + number));
                insert.executeUpdate();
                connection.commit();
            }
        });
    }

    /** Whoever was answered with 202 is there. */
    private void requireAll(FreshDatabase database) throws Exception {
        try (OperatorLedger operator = OperatorLedger.open(database.operator(), InstantSource.system());
                Connection connection = database.admin();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT COUNT(*) FROM bench.event")) {
            row.next();
            long expected = nextPhone - FIRST_PHONE - row.getLong(1);
            long kept = operator.reports()
                    .campaigns(List.of(CAMPAIGN))
                    .get(CAMPAIGN)
                    .counts()
                    .pending();
            if (kept != expected) {
                throw new IllegalStateException(expected + " events were answered, " + kept + " people are there");
            }
        }
    }
}
