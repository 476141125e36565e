package dev.beckon.simulator.world;

/** Telegram's limit on reaching people who don't know the account; only a human can lift it. */
final class PeerFlood {
    private PeerFlood() {}

    /** @throws RpcError 400 PEER_FLOOD once the account reached as many strangers as its profile allows */
    static void require(PersonState account) {
        boolean spent = account.profile
                .peerFloodAfter()
                .map(limit -> account.strangersReached >= limit)
                .orElse(false);
        if (spent) {
            throw new RpcError(400, "PEER_FLOOD");
        }
    }
}
