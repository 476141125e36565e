package dev.beckon.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The operator's settings; each is also an environment variable ({@code beckon.worker.image} is {@code BECKON_WORKER_IMAGE}). */
@ConfigMapping(prefix = "beckon")
public interface Settings {

    /** The one namespace that is watched; all of them when it is not set. */
    Optional<String> watchNamespace();

    Ledger ledger();

    Redis redis();

    Worker worker();

    Pace pace();

    Telegram telegram();

    /** How to reach MySQL. */
    interface Ledger {
        /** {@code jdbc:mysql://host:port/}. */
        String jdbcUrl();

        String username();

        String password();

        /** Certificates as PEM of who must have signed the database's, which must name the URL's host; without it the URL decides. */
        Optional<String> caFile();

        /** The longest a connection attempt may take. */
        @WithDefault("2s")
        Duration connectTimeout();

        /** The longest a statement may take. */
        @WithDefault("5s")
        Duration statementTimeout();
    }

    /** Where workers send hints; without it the operator looks by itself, less often. */
    interface Redis {
        Optional<String> url();

        /** Certificates as PEM of who must have signed that of Redis, which must name the URL's host. */
        Optional<String> caFile();
    }

    /** What all worker pods have in common. */
    interface Worker {
        @WithDefault("beckon/worker:dev")
        String image();

        @WithDefault("IfNotPresent")
        String imagePullPolicy();

        /** The user under which a worker runs; never root. */
        @WithDefault("1000")
        long runAsUser();

        /** The Secret of each namespace that holds the ledger's credentials and keys. */
        @WithDefault("beckon-worker")
        String secretName();

        /** The Secret of each namespace whose ca.crt must have signed the database's certificate. */
        Optional<String> databaseCaSecret();

        /** The same for Redis. */
        Optional<String> redisCaSecret();

        /** A call in flight is awaited 30 s after SIGTERM, so at least 40 s. */
        @WithDefault("45s")
        Duration terminationGracePeriod();

        /** How long a finished Job stays, for its logs. */
        @WithDefault("1h")
        Duration jobTtl();

        @WithDefault("100m")
        String cpuRequest();

        @WithDefault("256Mi")
        String memoryRequest();

        @WithDefault("512Mi")
        String memoryLimit();
    }

    /** How often and how long. */
    interface Pace {
        /** How long a campaign may use an account while others wait for it. */
        @WithDefault("10m")
        Duration slice();

        /** Progress is written at most this often per resource. */
        @WithDefault("5s")
        Duration progress();

        /** What an account was used for, and by whom, is written at most this long after it changed. */
        @WithDefault("1m")
        Duration usage();

        /** How often a running campaign is looked at when no hint comes. */
        @WithDefault("15s")
        @WithConverter(IntervalConverter.class)
        Duration look();

        /** How often something that is missing is looked for again. */
        @WithDefault("30s")
        @WithConverter(IntervalConverter.class)
        Duration recheck();

        /** How often the posts of a schedule that waits for its time are read, to tell early of one that can't be published. */
        @WithDefault("15m")
        @WithConverter(IntervalConverter.class)
        Duration posts();

        /** How long a session may rest before it is asked whether it still lives. */
        @WithDefault("24h")
        @WithConverter(IntervalConverter.class)
        Duration sessionCheck();

        /** How long a webhook campaign's worker listens for the next person before it gives its account and its pod back. */
        @WithDefault("1m")
        @WithConverter(IntervalConverter.class)
        Duration webhookIdle();

        /** First wait after a worker that failed; doubled up to {@link #longestBackOff}. */
        @WithDefault("10s")
        @WithConverter(IntervalConverter.class)
        Duration firstBackOff();

        @WithDefault("10m")
        @WithConverter(IntervalConverter.class)
        Duration longestBackOff();
    }

    /** Handed to every worker pod. */
    interface Telegram {
        /** The installation's egress, used by accounts that name no proxy of their own. */
        Optional<String> proxy();

        /** Whether to use Telegram's test data centres. */
        Optional<String> testDc();
    }
}
