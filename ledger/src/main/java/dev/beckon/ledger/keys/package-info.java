/** The two keysets of an installation: AEAD for what must be read again, HMAC for what must be found again. */
package dev.beckon.ledger.keys;
