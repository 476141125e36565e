package dev.beckon.telegram;

import java.time.Instant;
import java.util.Optional;

/** An invite link that the account made. */
public record InviteLink(String url, Optional<Instant> expires, int memberLimit, boolean joinRequest) {

    /**
     * A link to make.
     *
     * @param name shown to administrators; at most 32 characters
     * @param memberLimit 0 for no limit, else 1–99,999; must be 0 with {@code joinRequest}
     */
    public record Request(String name, Optional<Instant> expires, int memberLimit, boolean joinRequest) {}
}
