package dev.beckon.simulator.mtproto.session;

import java.util.Optional;

/** Where permanent auth keys are kept: they outlive the data centre's process, as clients expect. */
public interface KeyRing {
    /** A key exchange made a permanent key: it must be there after a restart. */
    void keep(AuthKey key);

    /** @param id the lower 64 bits of the key's SHA-1 */
    Optional<AuthKey> find(long id);

    /** A client asked to forget the key. */
    void forget(long id);

    /**
     * A connection began to use a permanent key.
     *
     * @param connection names the connection, unique while this data centre runs
     * @param process names the process at its other end
     */
    void opened(long authKeyId, String connection, String process);

    /** A connection that was told by {@link #opened} ended. */
    void closed(long authKeyId, String connection);
}
