package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.RpcError;

/** Reads the peers that a client names, and refuses those it can't have met. */
final class Peers {
    private Peers() {}

    /** Whom or what a client means. */
    sealed interface Peer {
        record User(long id) implements Peer {}

        record Channel(long id) implements Peer {}

        record BasicGroup(long id) implements Peer {}
    }

    /** An InputUser's id. */
    static long user(TlObject input, Caller caller) {
        return switch (input.constructor()) {
            case "inputUserSelf" -> caller.userId();
            case "inputUser" -> proven(input, "user_id", caller, "USER_ID_INVALID");
            default -> throw new RpcError(400, "USER_ID_INVALID");
        };
    }

    /** An InputChannel's bare id. */
    static long channel(TlObject input, Caller caller) {
        if (!input.is("inputChannel")) {
            throw new RpcError(400, "CHANNEL_INVALID");
        }
        return proven(input, "channel_id", caller, "CHANNEL_INVALID");
    }

    static Peer peer(TlObject input, Caller caller) {
        return switch (input.constructor()) {
            case "inputPeerSelf" -> new Peer.User(caller.userId());
            case "inputPeerUser" -> new Peer.User(proven(input, "user_id", caller, "PEER_ID_INVALID"));
            case "inputPeerChannel" -> new Peer.Channel(proven(input, "channel_id", caller, "CHANNEL_INVALID"));
            case "inputPeerChat" -> new Peer.BasicGroup(input.longInteger("chat_id"));
            default -> throw new RpcError(400, "PEER_ID_INVALID");
        };
    }

    /** The bare id of a group or channel. */
    static long chat(TlObject input, Caller caller) {
        return switch (peer(input, caller)) {
            case Peer.Channel(long id) -> id;
            case Peer.BasicGroup(long id) -> id;
            case Peer.User _ -> throw new RpcError(400, "PEER_ID_INVALID");
        };
    }

    private static long proven(TlObject input, String field, Caller caller, String otherwise) {
        long id = input.longInteger(field);
        if (input.longInteger("access_hash") != AccessHash.of(caller.userId(), id)) {
            throw new RpcError(400, otherwise);
        }
        return id;
    }
}
