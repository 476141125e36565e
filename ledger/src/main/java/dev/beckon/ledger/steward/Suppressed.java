package dev.beckon.ledger.steward;

import dev.beckon.ledger.keys.LookupKey;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * An entry of the suppression list: one name of one person, as its HMAC.
 *
 * @param chatId the chat they are not to be contacted for; empty for every chat
 */
public record Suppressed(LookupKey lookup, OptionalLong chatId, String reason, Instant since) {}
