/**
 * The cryptography of MTProto 2.0, from the server's side: AES in IGE and CTR mode, RSA with Telegram's paddings, the
 * Diffie-Hellman exchange, message keys, and SRP for the second factor. Pure functions over bytes. It guards nothing but
 * a simulated world; it exists because real clients speak nothing else.
 */
package dev.beckon.simulator.mtproto.crypto;
