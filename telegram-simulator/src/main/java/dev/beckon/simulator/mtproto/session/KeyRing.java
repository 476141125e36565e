package dev.beckon.simulator.mtproto.session;

import java.util.Optional;

/** Where permanent auth keys are kept: they outlive the data centre's process, as clients expect. */
public interface KeyRing {
    void keep(AuthKey key);

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

    void closed(long authKeyId, String connection);
}
