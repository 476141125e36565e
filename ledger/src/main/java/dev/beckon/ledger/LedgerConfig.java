package dev.beckon.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach the ledger.
 *
 * @param jdbcUrl {@code jdbc:mysql://host:port/}, with or without driver properties; a database name in it is not used
 * @param poolSize the most connections at a time, at least 1
 * @param leaseMargin how long after the end of a lease's term nobody else may take the account: room for clocks that step
 *     and for a holder that is being killed
 * @param connectionWait how long a call waits for a connection, at least {@link #SHORTEST_WAIT}: as long as all are in use, or while none
 *     can be made
 * @param ca certificates as PEM of who may have signed the server's; without them the URL alone says what is checked
 */
public record LedgerConfig(
        String jdbcUrl,
        String username,
        String password,
        int poolSize,
        Duration leaseMargin,
        Duration connectionWait,
        Optional<Path> ca) {
    /** What an installation uses. */
    public static final Duration DEFAULT_LEASE_MARGIN = Duration.ofSeconds(15);

    /** Of workers and the operator, who can wait. */
    public static final Duration DEFAULT_CONNECTION_WAIT = Duration.ofSeconds(10);

    /** The pool takes no less. */
    public static final Duration SHORTEST_WAIT = Duration.ofMillis(250);

    public LedgerConfig {
        if (poolSize < 1) {
            throw new IllegalArgumentException("poolSize is " + poolSize + ": at least 1 connection is needed");
        }
        if (leaseMargin.isNegative()) {
            throw new IllegalArgumentException("leaseMargin is negative");
        }
        if (connectionWait.compareTo(SHORTEST_WAIT) < 0) {
            throw new IllegalArgumentException(
                    "connectionWait is " + connectionWait + ": at least " + SHORTEST_WAIT + " is needed");
        }
    }

    public LedgerConfig(String jdbcUrl, String username, String password) {
        this(jdbcUrl, username, password, 4, DEFAULT_LEASE_MARGIN, DEFAULT_CONNECTION_WAIT, Optional.empty());
    }

    /** The same ledger with another pool. */
    public LedgerConfig withPoolSize(int size) {
        return new LedgerConfig(jdbcUrl, username, password, size, leaseMargin, connectionWait, ca);
    }

    /** The same ledger with another margin. */
    public LedgerConfig withLeaseMargin(Duration margin) {
        return new LedgerConfig(jdbcUrl, username, password, poolSize, margin, connectionWait, ca);
    }

    /** The same ledger for a caller of another patience. */
    public LedgerConfig withConnectionWait(Duration wait) {
        return new LedgerConfig(jdbcUrl, username, password, poolSize, leaseMargin, wait, ca);
    }

    /** The same ledger, whose server must show a certificate that one of these signed, for its host: nothing is said to another. */
    public LedgerConfig withCa(Optional<Path> authority) {
        return new LedgerConfig(jdbcUrl, username, password, poolSize, leaseMargin, connectionWait, authority);
    }

    /** Without the password, and without the URL: it may carry one. */
    @Override
    public String toString() {
        return "LedgerConfig[username=" + username + ", poolSize=" + poolSize + "]";
    }
}
