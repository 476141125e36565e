package dev.beckon.simulator.mtproto.session;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.mtproto.tl.TlWriter;
import dev.beckon.simulator.mtproto.transport.FrameChannel;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's session under one auth key. It outlives its connections: what was not acknowledged goes out again over the
 * next one, and a call that comes twice is done once.
 */
public final class MtSession {
    private static final Logger LOG = LoggerFactory.getLogger(MtSession.class);
    /** Messages remembered per direction; clients acknowledge far earlier. */
    private static final int REMEMBERED = 1024;

    private final long id;
    private final AuthKey key;
    private final TlWriter writer;
    private final MessageIds ids;
    private final Map<Long, Sent> unacknowledged = bounded();
    /** Ids of the client's messages, with the id of the answer once there is one. */
    private final Map<Long, Optional<Long>> received = bounded();

    private Optional<FrameChannel> channel = Optional.empty();
    private int contentMessages;
    private boolean announced;
    private volatile boolean wantsUpdates;

    @SuppressWarnings("ArrayRecordComponent") // Bytes of the protocol: made once, read, never compared.
    private record Sent(long id, int sequence, byte[] body) {}

    MtSession(long id, AuthKey key, TlWriter writer, InstantSource clock) {
        this.id = id;
        this.key = key;
        this.writer = writer;
        this.ids = new MessageIds(clock);
    }

    private static <V> Map<Long, V> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    long id() {
        return id;
    }

    AuthKey key() {
        return key;
    }

    /** Marks the session as one that hears updates: the client's main one, and no other of the same key. */
    public void wantUpdates() {
        wantsUpdates = true;
    }

    boolean wantsUpdates() {
        return wantsUpdates;
    }

    /** Answers go over this connection from now on; what was not acknowledged goes out again. */
    synchronized void attach(FrameChannel next) {
        if (channel.isPresent() && channel.get() == next) {
            return;
        }
        boolean resumed = announced;
        channel = Optional.of(next);
        if (resumed) {
            new ArrayList<>(unacknowledged.values()).forEach(this::transmit);
        }
    }

    synchronized void detach(FrameChannel gone) {
        if (channel.isPresent() && channel.get() == gone) {
            channel = Optional.empty();
        }
    }

    /** Tells the client, once, that the server knew nothing of this session before the given message. */
    synchronized void announce(long firstMessageId, long uniqueId) {
        if (!announced) {
            announced = true;
            push(TlObject.of("new_session_created")
                    .set("first_msg_id", firstMessageId)
                    .set("unique_id", uniqueId)
                    .set("server_salt", key.salt()));
        }
    }

    /** Whether this is the first time that the client's message comes; the answer to a repeated one is sent again. */
    synchronized boolean receive(long messageId) {
        Optional<Long> answer = received.putIfAbsent(messageId, Optional.empty());
        if (answer == null) {
            return true;
        }
        answer.map(unacknowledged::get).ifPresent(this::transmit);
        return false;
    }

    /** Forgets that a client's message came. */
    synchronized void forget(long messageId) {
        received.remove(messageId);
    }

    /** Says something of the server's own: an update, or that the session is new. */
    public synchronized void push(TlObject object) {
        send(new Sent(ids.other(), nextSequence(true), writer.write(object)), true);
    }

    /** Answers a service message, which needs no acknowledgement. */
    synchronized void respond(TlObject object) {
        send(new Sent(ids.response(), nextSequence(false), writer.write(object)), false);
    }

    /** Sends the result of a call. */
    synchronized void answer(long messageId, byte[] rpcResult) {
        Sent answer = new Sent(ids.response(), nextSequence(true), rpcResult);
        received.put(messageId, Optional.of(answer.id()));
        send(answer, true);
    }

    byte[] write(TlObject object) {
        return writer.write(object);
    }

    synchronized void acknowledge(List<Long> messageIds) {
        messageIds.forEach(unacknowledged::remove);
    }

    synchronized void resend(List<Long> messageIds) {
        messageIds.stream().map(unacknowledged::get).forEach(sent -> {
            if (sent != null) {
                transmit(sent);
            }
        });
    }

    /** For each message, what the server knows of it: 4 received, 1 nothing. */
    synchronized byte[] states(List<Long> messageIds) {
        byte[] states = new byte[messageIds.size()];
        for (int i = 0; i < states.length; i++) {
            Optional<Long> answer = received.get(messageIds.get(i));
            states[i] = (byte) (answer == null ? 1 : 4);
        }
        return states;
    }

    synchronized void resendAnswers(List<Long> messageIds) {
        for (long messageId : messageIds) {
            received.getOrDefault(messageId, Optional.empty())
                    .map(unacknowledged::get)
                    .ifPresent(this::transmit);
        }
    }

    private int nextSequence(boolean content) {
        return content ? 2 * contentMessages++ + 1 : 2 * contentMessages;
    }

    private void send(Sent message, boolean remember) {
        if (remember) {
            unacknowledged.put(message.id(), message);
        }
        transmit(message);
    }

    /** A connection that broke is no loss: the client comes back, and the message is remembered. */
    private void transmit(Sent message) {
        if (channel.isEmpty()) {
            return;
        }
        try {
            channel.get().write(SealedMessage.seal(key, id, message.id(), message.sequence(), message.body()));
        } catch (IOException e) {
            LOG.debug("a message waits for the client's next connection: {}", e.getMessage());
            channel = Optional.empty();
        }
    }
}
