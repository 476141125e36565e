package dev.beckon.gateway;

import dev.beckon.gateway.hint.Hints;
import dev.beckon.gateway.hint.RedisHints;
import dev.beckon.gateway.webhook.Callers;
import dev.beckon.gateway.webhook.Doors;
import dev.beckon.gateway.webhook.EventQueue;
import dev.beckon.gateway.webhook.Webhook;
import dev.beckon.ledger.GatewayLedger;
import dev.beckon.ledger.LedgerConfig;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.LedgerKeys;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the parts that know nothing of a container. */
@ApplicationScoped
public class Wiring {
    /** How often it is forgotten what came longer ago than a repeat may. */
    private static final Duration FORGET = Duration.ofMinutes(10);

    private final List<Rounds> rounds = new ArrayList<>();

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    /** Without keys nobody can be kept, so a gateway that has none does not start. */
    @Produces
    @Singleton
    GatewayLedger ledger(Settings settings, InstantSource clock) {
        Settings.Ledger wanted = settings.ledger();
        LedgerConfig config = new LedgerConfig(url(wanted), wanted.username(), wanted.password())
                .withPoolSize(wanted.connections())
                .withConnectionWait(wanted.connectionWait())
                .withCa(wanted.caFile().map(Path::of));
        return GatewayLedger.open(config, keys(Path.of(settings.keysFile())), clock);
    }

    private static LedgerKeys keys(Path file) {
        try {
            return LedgerKeys.fromJson(Files.readString(file));
        } catch (IOException e) {
            throw new LedgerException(
                    "The installation's keys can't be read from " + file
                            + ": mount the key keys.json of the Secret beckon-gateway there, or name the file in BECKON_KEYS_FILE.");
        }
    }

    /** The driver's own time-outs are made for workers, who can wait; a URL that names its own keeps them. */
    static String url(Settings.Ledger settings) {
        return withParameter(
                withParameter(settings.jdbcUrl(), "connectTimeout", settings.connectTimeout()),
                "socketTimeout",
                settings.statementTimeout());
    }

    private static String withParameter(String url, String name, Duration value) {
        if (url.contains(name + "=")) {
            return url;
        }
        return url + (url.contains("?") ? "&" : "?") + name + "=" + value.toMillis();
    }

    void closeLedger(@Disposes GatewayLedger ledger) {
        ledger.close();
    }

    @Produces
    @Singleton
    Hints hints(Settings settings) {
        Optional<Path> ca = settings.redis().caFile().map(Path::of);
        return settings.redis().url().map(url -> RedisHints.at(url, ca)).orElse(Hints.NONE);
    }

    void closeHints(@Disposes Hints hints) {
        hints.close();
    }

    @Produces
    @Singleton
    Doors doors(GatewayLedger ledger, GatewayMetrics metrics) {
        return new Doors(ledger, metrics);
    }

    @Produces
    @Singleton
    Webhook webhook(
            Doors doors,
            GatewayLedger ledger,
            Hints hints,
            GatewayMetrics metrics,
            InstantSource clock,
            Settings settings) {
        EventQueue queue = new EventQueue(ledger.queue()::accept, hints, metrics, settings.webhook());
        return new Webhook(doors, new Callers(ledger.seal()), queue, clock, metrics);
    }

    void onStart(@Observes StartupEvent event, Doors doors, Webhook webhook, GatewayLedger ledger, Settings settings) {
        rounds.add(new Rounds("doors", settings.webhook().look(), doors::look));
        rounds.add(new Rounds("forget", FORGET, () -> ledger.queue().forget()));
        rounds.forEach(Rounds::start);
    }

    void onStop(@Observes ShutdownEvent event) {
        rounds.forEach(Rounds::close);
    }
}
