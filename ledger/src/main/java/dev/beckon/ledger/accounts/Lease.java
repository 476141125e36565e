package dev.beckon.ledger.accounts;

import java.time.Duration;
import java.time.Instant;

/**
 * The right to use an account's session, held by one process.
 *
 * @param fence rises with each acquisition; a statement that carries an older one is refused
 * @param expiresAt by the database's clock: for people's eyes. A holder measures {@code term} on its own monotonic clock from
 *     before it asked, and ends itself when that is over.
 */
public record Lease(long accountId, String accountUid, String holder, long fence, Duration term, Instant expiresAt) {}
