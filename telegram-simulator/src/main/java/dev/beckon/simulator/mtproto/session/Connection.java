package dev.beckon.simulator.mtproto.session;

import dev.beckon.simulator.mtproto.crypto.Bytes;
import dev.beckon.simulator.mtproto.tl.ByteSink;
import dev.beckon.simulator.mtproto.tl.TlException;
import dev.beckon.simulator.mtproto.transport.Frame;
import dev.beckon.simulator.mtproto.transport.FrameChannel;
import dev.beckon.simulator.world.NoAnswer;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client connection, from its first byte to its last, on one thread: calls of a connection are answered in order. */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int UNKNOWN_AUTH_KEY = -404;
    /** Key id, message id and length of a message outside of any session. */
    private static final int PLAIN_HEAD = 20;

    private final String name;
    private final Socket socket;
    private final SessionTable sessions;
    private final KeyExchange exchange;
    private final CompletableFuture<String> process;
    private final Set<Long> keysInUse = new HashSet<>();
    private final Set<MtSession> attached = new HashSet<>();

    Connection(String name, Socket socket, SessionTable sessions, KeyExchange exchange, Executor executor) {
        this.name = name;
        this.socket = socket;
        this.sessions = sessions;
        this.exchange = exchange;
        this.process = CompletableFuture.supplyAsync(() -> PeerProcess.of(socket), executor);
    }

    /** Serves the client until either side ends it. */
    void serve() {
        // The socket by itself, too: who greets in no way that we know gets no channel, and would stay connected.
        try (Socket _ = socket;
                FrameChannel channel = FrameChannel.accept(socket)) {
            try {
                while (true) {
                    Frame frame = channel.read();
                    receive(channel, frame);
                }
            } finally {
                attached.forEach(session -> session.detach(channel));
            }
        } catch (SocketTimeoutException e) {
            LOG.debug("{}: silent for longer than it announced", name);
        } catch (IOException e) {
            LOG.debug("{}: {}", name, e.getMessage());
        } catch (NoAnswer e) {
            LOG.debug("{}: dropped on purpose", name);
        } catch (ProtocolException | TlException | IllegalArgumentException e) {
            LOG.warn("{}: closed, for the client broke the protocol: {}", name, e.getMessage());
        } finally {
            keysInUse.forEach(key -> sessions.keyRing().closed(key, name));
        }
    }

    private void receive(FrameChannel channel, Frame frame) throws IOException {
        byte[] payload = frame.payload();
        if (payload.length < 8) {
            throw new ProtocolException("a frame of " + payload.length + " bytes");
        }
        long keyId = Bytes.int64(payload, 0);
        if (keyId == 0) {
            exchange(channel, payload);
            return;
        }
        Optional<AuthKey> key = sessions.keys().find(keyId);
        if (key.isEmpty()) {
            channel.write(new ByteSink().int32(UNKNOWN_AUTH_KEY).toByteArray());
            return;
        }
        SealedMessage message = SealedMessage.open(key.get(), payload);
        if (frame.quickAck()) {
            channel.quickAck(message.quickAckToken());
        }
        MtSession session = sessions.get(key.get(), message.sessionId());
        attached.add(session);
        session.attach(channel);
        noteUse(key.get());
        sessions.inbox().receive(session, channel, message);
    }

    private void noteUse(AuthKey key) {
        sessions.keys()
                .permanentId(key)
                .filter(keysInUse::add)
                .ifPresent(id -> sessions.keyRing().opened(id, name, process.join()));
    }

    private void exchange(FrameChannel channel, byte[] payload) throws IOException {
        if (payload.length < PLAIN_HEAD) {
            throw new ProtocolException("a plain message of " + payload.length + " bytes");
        }
        int length = Bytes.int32(payload, 16);
        byte[] answer = sessions.write(exchange.answer(sessions.read(Bytes.slice(payload, 20, length))));
        channel.write(new ByteSink()
                .int64(0)
                .int64(sessions.plainMessageId())
                .int32(answer.length)
                .raw(answer)
                .toByteArray());
    }
}
