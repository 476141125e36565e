/**
 * The world model: the people, chats, messages, sessions and limits of a Telegram of our own, and the rules by which it
 * answers. The in-process engine and the MTProto data centre are two doors to the same {@link
 * dev.beckon.simulator.world.World}, so each decision lives here once.
 *
 * <p>Operations are grouped ({@link dev.beckon.simulator.world.People}, {@link dev.beckon.simulator.world.Chats}, …). Each
 * either returns what Telegram would answer or throws {@link dev.beckon.simulator.world.RpcError} with Telegram's own text;
 * a scripted fault may throw {@link dev.beckon.simulator.world.NoAnswer}. State changes only by {@link
 * dev.beckon.simulator.world.WorldEvent}s, which are written to the journal before an answer is given.
 */
package dev.beckon.simulator.world;
