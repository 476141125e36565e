package dev.beckon.simulator.world;

import java.util.List;

/**
 * Which connections use which auth key. Two processes on one key at once are what Telegram answers with 406
 * AUTH_KEY_DUPLICATED, for ever; the truth door shows each such moment.
 */
public final class Connections {
    private final World world;

    Connections(World world) {
        this.world = world;
    }

    /**
     * A connection begins to use an auth key; asked again for the same connection it changes nothing.
     *
     * @param connection names the connection uniquely
     * @param process names the process behind it: several connections of one process are fine
     * @throws RpcError 406 AUTH_KEY_DUPLICATED when another process uses the key; the session is lost
     */
    public void opened(long authKeyId, String connection, String process) {
        world.locked(() -> {
            SessionState session = world.logins().session(authKeyId);
            if (session.connections.containsKey(connection)) {
                return null;
            }
            List<String> others = session.connections.values().stream()
                    .filter(other -> !other.equals(process))
                    .distinct()
                    .toList();
            world.emit(new WorldEvent.ConnectionOpened(authKeyId, connection, process, world.now()));
            for (String other : others) {
                world.emit(new WorldEvent.Overlap(authKeyId, session.userId, process, other, world.now()));
            }
            if (!others.isEmpty() && session.userId != 0) {
                throw world.logins().end(authKeyId, 406, "AUTH_KEY_DUPLICATED");
            }
            return null;
        });
    }

    /** The client's end of it is gone; one that is not known is let be. */
    public void closed(long authKeyId, String connection) {
        world.locked(() -> {
            SessionState session = world.state().sessions.get(authKeyId);
            if (session != null && session.connections.containsKey(connection)) {
                world.emit(new WorldEvent.ConnectionClosed(authKeyId, connection, world.now()));
            }
            return null;
        });
    }

    /** At the start of a data centre: connections of its dead predecessor are gone. */
    public void forgetAll() {
        world.locked(() -> {
            for (SessionState session : List.copyOf(world.state().sessions.values())) {
                for (String connection : List.copyOf(session.connections.keySet())) {
                    world.emit(new WorldEvent.ConnectionClosed(session.authKeyId, connection, world.now()));
                }
            }
            return null;
        });
    }
}
