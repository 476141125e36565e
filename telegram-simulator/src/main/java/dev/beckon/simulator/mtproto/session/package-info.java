/**
 * MTProto above the transport: auth keys and their exchange, sealed messages, sessions with their message ids, salts,
 * acknowledgements and containers, and the data centre that holds them. What a call means is none of its business: it
 * hands calls to an {@link dev.beckon.simulator.mtproto.session.RpcHandler}.
 *
 * <p>The protocol's own instants (message ids, salts, {@code server_time}) are the machine's, even when the world's clock
 * runs apart: a client derives its notion of time from them.
 */
package dev.beckon.simulator.mtproto.session;
