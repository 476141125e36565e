package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.crypto.Bytes;
import dev.beckon.simulator.mtproto.tl.ByteSink;
import java.nio.charset.StandardCharsets;

/**
 * What a client has to show with an id, as proof that it met the peer: one per account and peer, as with Telegram, so
 * ids that one account learnt are worth nothing to another. Derived, so that a restart changes none.
 */
final class AccessHash {
    private static final byte[] SALT = "access hash".getBytes(StandardCharsets.US_ASCII);

    private AccessHash() {}

    static long of(long viewerId, long peerId) {
        byte[] seed = new ByteSink().raw(SALT).int64(viewerId).int64(peerId).toByteArray();
        return Bytes.int64(Bytes.sha256(seed), 0);
    }
}
