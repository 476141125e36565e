package dev.beckon.simulator.mtproto.session;

import dev.beckon.simulator.mtproto.crypto.Bytes;

/**
 * A key of 2,048 bits that a client and the data centre agreed on.
 *
 * @param temporary whether it was made for perfect forward secrecy, to be bound to a permanent one
 * @param dataCentre the number that the client gave the data centre; test ones are 10,000 and more
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes of the protocol: made once, read, never compared.
public record AuthKey(byte[] value, boolean temporary, int dataCentre) {
    public static final int LENGTH = 256;

    public AuthKey {
        if (value.length != LENGTH) {
            throw new IllegalArgumentException("an auth key has 256 bytes, not " + value.length);
        }
    }

    /** The 64 lower bits of its SHA-1: how messages name the key they are sealed with. */
    public long id() {
        return Bytes.int64(Bytes.sha1(value), 12);
    }

    /** The one salt of this key. Derived, so that a restarted data centre still knows it. */
    long salt() {
        return Bytes.int64(Bytes.sha256(value, new byte[] {'s', 'a', 'l', 't'}), 0);
    }

    /** {@code auth_key_aux_hash}, the 64 higher bits of its SHA-1. */
    byte[] auxiliaryHash() {
        return Bytes.slice(Bytes.sha1(value), 0, 8);
    }

    @Override
    public String toString() {
        return "AuthKey[" + (temporary ? "temporary" : "permanent") + "]";
    }
}
