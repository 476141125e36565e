package dev.beckon.simulator.world;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An auth key and what became of it. Guarded by the world's lock. */
final class SessionState {
    final long authKeyId;
    final Bytes key;
    final Instant created;
    /** The account; 0 before the login. */
    long userId;
    /** The account that still owes its password; 0 when none. */
    long passwordDueOf;

    Optional<String> codeSentTo = Optional.empty();
    Bytes loginToken = new Bytes("");
    Instant loginTokenExpires = Instant.MIN;
    /** Who accepted the QR code; 0 when nobody did. */
    long loginAcceptedBy;

    Optional<RpcError> ended = Optional.empty();
    /** Open connections and the process behind each. */
    final Map<String, String> connections = new LinkedHashMap<>();

    SessionState(WorldEvent.AuthKeyCreated e) {
        authKeyId = e.authKeyId();
        key = e.key();
        created = e.at();
    }
}
