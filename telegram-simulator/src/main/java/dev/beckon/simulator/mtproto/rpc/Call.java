package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.session.RpcContext;
import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.World;

/** A call on its way through a handler. */
record Call(TlObject query, RpcContext context, World world) {
    long authKeyId() {
        return context.authKeyId();
    }

    /** Who calls; refuses a key that nobody is logged in with. */
    Caller caller() {
        return world.logins().caller(authKeyId());
    }
}
