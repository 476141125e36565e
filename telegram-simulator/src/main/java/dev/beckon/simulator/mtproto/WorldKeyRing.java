package dev.beckon.simulator.mtproto;

import dev.beckon.simulator.mtproto.session.AuthKey;
import dev.beckon.simulator.mtproto.session.KeyRing;
import dev.beckon.simulator.world.RpcError;
import dev.beckon.simulator.world.World;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps auth keys, and who uses them, in the world: its journal carries them over a restart. */
final class WorldKeyRing implements KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(WorldKeyRing.class);
    /** The number clients give a data centre by default; which one a restored key was made with changes nothing. */
    private static final int DATA_CENTRE = 2;

    private final World world;

    WorldKeyRing(World world) {
        this.world = world;
    }

    @Override
    public void keep(AuthKey key) {
        world.logins().keyCreated(key.id(), key.value());
    }

    @Override
    public Optional<AuthKey> find(long id) {
        return world.logins().key(id).map(value -> new AuthKey(value, false, DATA_CENTRE));
    }

    /** The key stays in the world, with its session ended: a truth is never taken back. */
    @Override
    public void forget(long id) {
        try {
            world.logins().keyDestroyed(id);
        } catch (RpcError e) {
            LOG.debug("a key without a session is given up: {}", e.text());
        }
    }

    @Override
    public void opened(long authKeyId, String connection, String process) {
        try {
            world.connections().opened(authKeyId, connection, process);
        } catch (RpcError e) {
            // The session has just ended; each of its calls hears so from the world.
            LOG.warn("an auth key is in use by two processes: {}", e.text());
        }
    }

    @Override
    public void closed(long authKeyId, String connection) {
        world.connections().closed(authKeyId, connection);
    }
}
