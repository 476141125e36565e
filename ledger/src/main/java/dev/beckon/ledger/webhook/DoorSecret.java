package dev.beckon.ledger.webhook;

import dev.beckon.ledger.keys.LookupKey;
import java.util.Optional;

/**
 * What callers of a webhook show, in a form that is worth nothing without the keys of the installation; made by {@link DoorSeal}.
 *
 * @param tokenDigest HMAC of the token
 * @param signingKey ciphertext of the key that callers sign with
 * @param fingerprint HMAC of both, by which a changed secret is told from the same one
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its fingerprint
public record DoorSecret(Optional<LookupKey> tokenDigest, Optional<byte[]> signingKey, LookupKey fingerprint) {
    @Override
    public String toString() {
        return "DoorSecret[]";
    }
}
