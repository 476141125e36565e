/**
 * From a TCP connection to frames: the SOCKS5 front door, obfuscation, and MTProto's four framings, told apart by a
 * connection's first bytes as core.telegram.org/mtproto/mtproto-transports describes them.
 */
package dev.beckon.simulator.mtproto.transport;
