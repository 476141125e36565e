/**
 * The API's methods over the world: each handler reads a call's peers, asks the world, and shows what it answered as TL.
 * No rule of Telegram's is decided here; {@link dev.beckon.simulator.world.World} decides, and this room translates.
 */
package dev.beckon.simulator.mtproto.rpc;
