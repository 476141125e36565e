package dev.beckon.ledger;

import java.time.Duration;

/**
 * How to reach the ledger.
 *
 * @param jdbcUrl {@code jdbc:mysql://host:port/}, with or without driver properties; a database name in it is not used
 * @param poolSize the most connections at a time, at least 1
 * @param leaseMargin how long after the end of a lease's term nobody else may take the account: room for clocks that step
 *     and for a holder that is being killed
 */
public record LedgerConfig(String jdbcUrl, String username, String password, int poolSize, Duration leaseMargin) {
    /** What an installation uses. */
    public static final Duration DEFAULT_LEASE_MARGIN = Duration.ofSeconds(15);

    public LedgerConfig {
        if (poolSize < 1) {
            throw new IllegalArgumentException("poolSize is " + poolSize + ": at least 1 connection is needed");
        }
        if (leaseMargin.isNegative()) {
            throw new IllegalArgumentException("leaseMargin is negative");
        }
    }

    public LedgerConfig(String jdbcUrl, String username, String password) {
        this(jdbcUrl, username, password, 4, DEFAULT_LEASE_MARGIN);
    }

    /** The same ledger with another pool. */
    public LedgerConfig withPoolSize(int size) {
        return new LedgerConfig(jdbcUrl, username, password, size, leaseMargin);
    }

    /** The same ledger with another margin. */
    public LedgerConfig withLeaseMargin(Duration margin) {
        return new LedgerConfig(jdbcUrl, username, password, poolSize, margin);
    }

    /** Without the password, and without the URL: it may carry one. */
    @Override
    public String toString() {
        return "LedgerConfig[username=" + username + ", poolSize=" + poolSize + "]";
    }
}
