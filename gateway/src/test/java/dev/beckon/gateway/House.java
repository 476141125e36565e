package dev.beckon.gateway;

import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.testing.TestDatabase;
import dev.beckon.ledger.webhook.Door;
import dev.beckon.ledger.webhook.DoorSeal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A ledger with keys, and campaigns whose doors the operator opened. */
public final class House implements AutoCloseable {
    public static final String TOKEN = "a-token-of-callers";
    public static final String SIGNING_KEY = "a-key-that-callers-sign-with";

    private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime() & 0xFFFFFFFL);

    private final TestDatabase database;
    private final LedgerKeys keys = LedgerKeys.generate();
    private final OperatorLedger operator;
    private final Path folder;

    public House(TestDatabase database, Path folder) {
        this.database = database;
        this.folder = folder;
        this.operator = database.operatorLedger(InstantSource.system());
        try {
            Files.writeString(folder.resolve("keys.json"), keys.toJson());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String phone() {
        return "+4917" + (100_000_000 + NUMBERS.incrementAndGet() % 800_000_000);
    }

    /** A campaign as callers and the ledger know it. */
    public record Campaign(String name, String uid) {
        public String path() {
            return "/webhook/team/" + name;
        }
    }

    public Campaign campaign() {
        return campaign(Consent.Basis.OptIn, 100_000);
    }

    public Campaign campaign(Consent.Basis basis, int eventsPerMinute) {
        return open("hook-" + NUMBERS.incrementAndGet(), basis, eventsPerMinute);
    }

    public Campaign open(String name, Consent.Basis basis, int eventsPerMinute) {
        Campaign campaign = new Campaign(name, UUID.randomUUID().toString());
        operator.webhooks()
                .open(new Door(
                        "team",
                        campaign.name,
                        campaign.uid,
                        List.of("account-of-" + campaign.name),
                        new DoorSeal(keys).seal(campaign.uid, Optional.of(TOKEN), Optional.of(SIGNING_KEY)),
                        Consent.of(basis),
                        Door.DEFAULT_DEDUP_WINDOW,
                        eventsPerMinute));
        return campaign;
    }

    public void close(Campaign campaign) {
        operator.webhooks().close(campaign.uid, "The campaign spring has ended.");
    }

    public CampaignReport.Counts counts(Campaign campaign) {
        return operator.reports()
                .campaigns(List.of(campaign.uid))
                .get(campaign.uid)
                .counts();
    }

    public GatewayProcess gateway(Map<String, String> settings) {
        return GatewayProcess.start(log(), environment(settings));
    }

    /** One that is started while the database is away. */
    public GatewayProcess blindGateway() {
        return GatewayProcess.startBlind(log(), environment(Map.of()));
    }

    Path log() {
        return folder.resolve("gateway.log");
    }

    Map<String, String> environment(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "BECKON_LEDGER_JDBC_URL",
                database.jdbcUrl(),
                "BECKON_LEDGER_USERNAME",
                "beckon_gateway",
                "BECKON_LEDGER_PASSWORD",
                TestDatabase.GATEWAY_PASSWORD,
                "BECKON_KEYS_FILE",
                folder.resolve("keys.json").toString(),
                "BECKON_WEBHOOK_LOOK",
                "100ms"));
        environment.putAll(settings);
        return environment;
    }

    @Override
    public void close() {
        operator.close();
    }
}
