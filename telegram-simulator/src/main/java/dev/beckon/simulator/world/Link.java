package dev.beckon.simulator.world;

import java.time.Instant;
import java.util.Optional;

/**
 * An invite link as it was made; how often it was used is {@link Chats#usesOf}.
 *
 * @param hash what stands behind {@code https://t.me/+}
 * @param limit how many may join by it; 0 for no limit
 * @param request who joins by it needs an approval
 */
public record Link(
        String hash,
        long chatId,
        long creatorId,
        String name,
        Instant created,
        Optional<Instant> expires,
        int limit,
        boolean request) {
    public String url() {
        return "https://t.me/+" + hash;
    }

    @Override
    public String toString() {
        return "Link[chat=" + chatId + ", by=" + creatorId + "]";
    }
}
