package dev.beckon.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The gateway's settings; each is also an environment variable ({@code beckon.ledger.jdbc-url} is {@code BECKON_LEDGER_JDBC_URL}). */
@ConfigMapping(prefix = "beckon")
public interface Settings {

    Ledger ledger();

    Redis redis();

    Webhook webhook();

    /** The file with the installation's keys, the same as the workers'. */
    @WithDefault("/var/run/beckon/ledger/keys.json")
    String keysFile();

    /** How to reach MySQL. */
    interface Ledger {
        /** {@code jdbc:mysql://host:port/}. */
        String jdbcUrl();

        String username();

        String password();

        /** Certificates as PEM of who must have signed the database's, which must name the URL's host; without it the URL decides. */
        Optional<String> caFile();

        /** Campaigns that are written to at once, at most. */
        @WithDefault("8")
        int connections();

        /** The longest a connection attempt may take. */
        @WithDefault("2s")
        Duration connectTimeout();

        /** The longest a caller waits for a connection while none can be made, or all are in use. */
        @WithDefault("1500ms")
        Duration connectionWait();

        /** The longest a statement may take. */
        @WithDefault("5s")
        Duration statementTimeout();
    }

    /** Where the operator is told at once that somebody came; without it, it finds out by itself. */
    interface Redis {
        Optional<String> url();

        /** Certificates as PEM of who must have signed that of Redis, which must name the URL's host. */
        Optional<String> caFile();
    }

    /** How webhooks are served. */
    interface Webhook {
        /** How often it is looked for doors that were opened, changed or closed. A closed one takes nobody in even before. */
        @WithDefault("2s")
        Duration look();

        /** Events of a campaign that are written in one transaction, at most. */
        @WithDefault("256")
        int batch();

        /** Events that wait to be written, at most; who comes then is asked to come again. */
        @WithDefault("4096")
        int waiting();

        /** How long a caller waits for its event to be written, before it is asked to come again. */
        @WithDefault("2s")
        Duration patience();
    }
}
