package dev.beckon.simulator.mtproto.session;

/**
 * Where a call came from.
 *
 * @param authKeyId of the permanent auth key, also when the call came under a temporary one
 * @param dataCentre the number by which the client knows this data centre
 * @param session the session to which the answer goes
 */
public record RpcContext(long authKeyId, int dataCentre, MtSession session) {}
