package dev.beckon.simulator.mtproto.session;

import dev.beckon.simulator.mtproto.crypto.RsaKey;
import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.mtproto.tl.TlSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An MTProto server, one virtual thread per connection. */
public final class MtServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MtServer.class);
    private static final int BACKLOG = 256;

    private final ServerSocket listener;
    private final RsaKey rsa;
    private final InstantSource clock;
    private final SessionTable sessions;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private long connections;

    private MtServer(ServerSocket listener, RsaKey rsa, InstantSource clock, SessionTable sessions) {
        this.listener = listener;
        this.rsa = rsa;
        this.clock = clock;
        this.sessions = sessions;
    }

    /**
     * Starts to serve.
     *
     * @param address of this machine, at which it listens
     * @param port 0 for a free one
     */
    public static MtServer start(
            InetAddress address, int port, RsaKey rsa, TlSchema schema, KeyRing keys, RpcHandler handler)
            throws IOException {
        InstantSource clock = InstantSource.system();
        ServerSocket listener = new ServerSocket(port, BACKLOG, address);
        MtServer server = new MtServer(listener, rsa, clock, new SessionTable(schema, keys, handler, clock));
        server.threads.execute(server::accept);
        return server;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Sends updates to the main sessions of a key; those without a connection get them with their next one. */
    public void push(long authKeyId, TlObject updates) {
        sessions.hearing(authKeyId).forEach(session -> session.push(updates));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                String name = "connection " + ++connections;
                threads.execute(() -> serve(name, socket));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.warn("a connection could not be accepted: {}", e.getMessage());
                }
            }
        }
    }

    private void serve(String name, Socket socket) {
        try {
            KeyExchange exchange =
                    new KeyExchange(sessions.reader(), sessions.writer(), rsa, clock, sessions.keys()::keep);
            new Connection(name, socket, sessions, exchange, threads).serve();
        } finally {
            open.remove(socket);
        }
    }

    /** Ends all connections and waits for their threads. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            LOG.warn("a connection could not be closed: {}", e.getMessage());
        }
        threads.close();
    }
}
