package dev.beckon.ledger.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Instants as the ledger stores them: BIGINT milliseconds since 1970-01-01 UTC. */
public final class Instants {
    /**
     * The database's clock, the one judge of leases. Independent of the session's time zone, fixed at the start of its
     * statement.
     */
    public static final String DATABASE_NOW = "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) DIV 1000)";

    private Instants() {}

    /** A column of milliseconds since 1970 that may be NULL. */
    public static Optional<Instant> optional(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** A column of milliseconds since 1970 that is NOT NULL. */
    public static Instant of(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }
}
