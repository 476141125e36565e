/**
 * The port {@code TelegramSession} on a world in the same process: no network and no native library, but the same answers,
 * the same hidden waits and the same session files that outlive a process. The contract suite holds it against TDLib.
 */
package dev.beckon.simulator.inprocess;
