package dev.beckon.simulator.mtproto.session;

import dev.beckon.simulator.mtproto.tl.TlObject;

/** What answers the API's calls. */
@FunctionalInterface
public interface RpcHandler {
    /**
     * Answers a call, already unwrapped.
     *
     * @return a value of the method's result type
     * @throws dev.beckon.simulator.world.RpcError to refuse it
     * @throws dev.beckon.simulator.world.NoAnswer to say nothing
     */
    Object answer(RpcContext context, TlObject call);
}
