package dev.beckon.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wire between a gateway and its database, which a test holds at the one moment that matters: a process is killed between two
 * statements, or between its write and what it hears of it, and not somewhere near.
 */
public final class DatabaseProxy implements AutoCloseable {
    /** What passes. */
    private enum Mode {
        ALL,
        /** No commit reaches the database. */
        NO_COMMIT,
        /** Commits are done, and nobody hears of them. */
        NO_ANSWER_TO_COMMIT,
        /** The database takes everything and says nothing. */
        NO_ANSWER
    }

    private static final int QUERY = 3;
    private static final int HEADER = 4;
    private static final int LONGEST_COMMIT = 16;

    private final ServerSocket door;
    private final int database;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch held = new CountDownLatch(1);
    private volatile Mode mode = Mode.ALL;

    /** @param database its port */
    public DatabaseProxy(int database) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.database = database;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    public void holdCommits() {
        mode = Mode.NO_COMMIT;
    }

    public void holdAnswersToCommits() {
        mode = Mode.NO_ANSWER_TO_COMMIT;
    }

    public void holdAnswers() {
        mode = Mode.NO_ANSWER;
    }

    /** Connections that were held break; new ones pass. */
    public void pass() {
        mode = Mode.ALL;
        sockets.forEach(DatabaseProxy::close);
    }

    /** Until a commit came that is held, or whose answer is. */
    public boolean awaitHeld() throws InterruptedException {
        return held.await(60, TimeUnit.SECONDS);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                sockets.add(client);
                connect(client);
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), database);
            sockets.add(server);
            new Connection(client, server).start();
        } catch (IOException e) {
            // The database is away: so is what stands before it.
            close(client);
        }
    }

    private final class Connection {
        private final Socket client;
        private final Socket server;
        private volatile boolean committing;

        private Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void start() {
            Thread.ofVirtual().start(() -> pump(client, server, this::mayAsk));
            Thread.ofVirtual().start(() -> pump(server, client, this::mayAnswer));
        }

        private boolean mayAsk(byte[] bytes) {
            boolean commit = isCommit(bytes);
            committing = commit;
            if (commit && mode != Mode.ALL && mode != Mode.NO_ANSWER) {
                held.countDown();
            }
            return !(commit && mode == Mode.NO_COMMIT);
        }

        private boolean mayAnswer(byte[] bytes) {
            return switch (mode) {
                case ALL, NO_COMMIT -> true;
                case NO_ANSWER_TO_COMMIT -> !committing;
                case NO_ANSWER -> false;
            };
        }
    }

    /** A packet of the client's holds one command: its length, a number, the command's kind, what MySQL adds, and a query's text. */
    private static boolean isCommit(byte[] bytes) {
        return bytes.length > HEADER
                && bytes.length < LONGEST_COMMIT
                && bytes[HEADER] == QUERY
                && new String(bytes, StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT)
                        .endsWith("commit");
    }

    private interface Gate {
        boolean passes(byte[] bytes);
    }

    /** Whoever ends one side ends the other: a database rolls back what a dead client left open. */
    private static void pump(Socket from, Socket to, Gate gate) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                byte[] bytes = Arrays.copyOf(buffer, n);
                if (gate.passes(bytes)) {
                    out.write(bytes);
                }
            }
        } catch (IOException e) {
            // It broke: that is what a test does to it.
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        sockets.forEach(DatabaseProxy::close);
    }
}
