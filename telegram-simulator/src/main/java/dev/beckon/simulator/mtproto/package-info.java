/**
 * The MTProto data centre on loopback: a second door to the {@link dev.beckon.simulator.world.World}, for real clients.
 * {@link dev.beckon.simulator.mtproto.DataCentre} puts the rooms below together: {@code tl} (the language), {@code
 * crypto}, {@code transport} (bytes to frames), {@code session} (frames to calls) and {@code rpc} (calls to the world).
 */
package dev.beckon.simulator.mtproto;
