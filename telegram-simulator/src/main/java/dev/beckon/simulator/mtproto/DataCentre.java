package dev.beckon.simulator.mtproto;

import dev.beckon.simulator.mtproto.crypto.RsaKey;
import dev.beckon.simulator.mtproto.rpc.RpcRouter;
import dev.beckon.simulator.mtproto.session.MtServer;
import dev.beckon.simulator.mtproto.tl.TlSchema;
import dev.beckon.simulator.world.World;
import java.io.IOException;
import java.net.InetAddress;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Telegram data centre over a world, on this machine only unless an address is named. Clients reach it directly or through its SOCKS5 door, which leads
 * here whatever address they ask for, and trust it by its own RSA key.
 */
public final class DataCentre implements AutoCloseable {
    private final MtServer server;
    private final RpcRouter router;
    private final Updates updates;

    private DataCentre(MtServer server, RpcRouter router, Updates updates) {
        this.server = server;
        this.router = router;
        this.updates = updates;
    }

    /**
     * Starts to serve.
     *
     * @param port 0 for a free one
     */
    public static DataCentre start(World world, TlSchema schema, RsaKey rsa, int port) throws IOException {
        return start(world, schema, rsa, InetAddress.getLoopbackAddress(), port);
    }

    /**
     * The same for clients in pods or on other machines, which don't reach this one's loopback.
     *
     * @param address of this machine, at which it listens
     * @param port 0 for a free one
     */
    public static DataCentre start(World world, TlSchema schema, RsaKey rsa, InetAddress address, int port)
            throws IOException {
        world.connections().forgetAll();
        AtomicInteger actualPort = new AtomicInteger(port);
        RpcRouter router = new RpcRouter(world, actualPort::get);
        MtServer server = MtServer.start(address, port, rsa, schema, new WorldKeyRing(world), router);
        actualPort.set(server.port());
        return new DataCentre(server, router, new Updates(world, server));
    }

    public int port() {
        return server.port();
    }

    /** Methods that clients called and the simulator has no answer to, and how often. */
    public SortedMap<String, Integer> unknownMethods() {
        return router.unknownMethods();
    }

    @Override
    public void close() {
        updates.close();
        server.close();
    }
}
