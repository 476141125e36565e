package dev.beckon.simulator.mtproto.session;

import dev.beckon.simulator.mtproto.crypto.Bytes;
import dev.beckon.simulator.mtproto.tl.TlException;
import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.mtproto.tl.TlReader;
import dev.beckon.simulator.mtproto.transport.FrameChannel;
import dev.beckon.simulator.world.NoAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a session's messages: containers are opened, service messages answered, calls handed on. */
final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int CONTAINER = 0x73f1f8dc;
    /** Id, sequence number and length. */
    private static final int CONTAINED_HEAD = 16;

    private static final int WRONG_SALT = 48;
    private static final int SALT_LIFETIME_SECONDS = 86_400;

    private final TlReader reader;
    private final RpcGate gate;
    private final KeyRegistry keys;
    private final InstantSource clock;

    Inbox(TlReader reader, RpcGate gate, KeyRegistry keys, InstantSource clock) {
        this.reader = reader;
        this.gate = gate;
        this.keys = keys;
        this.clock = clock;
    }

    void receive(MtSession session, FrameChannel channel, SealedMessage message) throws IOException {
        if (message.salt() != session.key().salt()) {
            session.respond(TlObject.of("bad_server_salt")
                    .set("bad_msg_id", message.id())
                    .set("bad_msg_seqno", message.sequence())
                    .set("error_code", WRONG_SALT)
                    .set("new_server_salt", session.key().salt()));
            return;
        }
        session.announce(message.id(), Bytes.randomLong());
        open(session, channel, message.id(), message.body());
    }

    private void open(MtSession session, FrameChannel channel, long messageId, byte[] body) throws IOException {
        if (body.length < 4 || Bytes.int32(body, 0) != CONTAINER) {
            one(session, channel, messageId, body);
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        in.getInt();
        int count = in.remaining() < 4 ? 0 : in.getInt();
        for (int i = 0; i < count; i++) {
            if (in.remaining() < CONTAINED_HEAD) {
                throw new ProtocolException("a container that ends before its last message");
            }
            long innerId = in.getLong();
            in.getInt();
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new ProtocolException("a container that ends within a message");
            }
            byte[] inner = new byte[length];
            in.get(inner);
            one(session, channel, innerId, inner);
        }
    }

    private void one(MtSession session, FrameChannel channel, long messageId, byte[] body) throws IOException {
        TlObject object;
        try {
            object = reader.read(body);
        } catch (TlException e) {
            LOG.warn("a client's message can't be read: {}", e.getMessage());
            if (session.receive(messageId)) {
                gate.refuse(session, messageId, 400, "INPUT_FETCH_ERROR");
            }
            return;
        }
        if (!service(session, channel, messageId, object) && session.receive(messageId)) {
            call(session, messageId, object);
        }
    }

    private void call(MtSession session, long messageId, TlObject object) {
        try {
            gate.call(session, messageId, object);
        } catch (NoAnswer e) {
            if (e.connectionDropped()) {
                // Forgotten: the client asks what we know of its call, and has to send it again.
                session.forget(messageId);
                throw e;
            }
            LOG.debug("{} stays without an answer on purpose", object);
        }
    }

    /** Answers a service message; false when it is none. */
    private boolean service(MtSession session, FrameChannel channel, long messageId, TlObject object)
            throws IOException {
        switch (object.constructor()) {
            case "msgs_ack" -> session.acknowledge(object.longIntegers("msg_ids"));
            case "msg_resend_req" -> session.resend(object.longIntegers("msg_ids"));
            case "msgs_state_req" -> states(session, messageId, object.longIntegers("msg_ids"));
            case "msgs_state_info", "msgs_all_info", "msg_detailed_info", "msg_new_detailed_info", "http_wait" ->
                LOG.debug("{} needs no answer", object);
            case "ping" -> session.respond(pong(messageId, object));
            case "ping_delay_disconnect" -> {
                // The client promises to speak within this time, or wants the connection closed.
                channel.socket().setSoTimeout(object.integer("disconnect_delay") * 1000);
                session.respond(pong(messageId, object));
            }
            case "get_future_salts" -> session.respond(salts(session, messageId));
            case "destroy_session" ->
                session.respond(
                        TlObject.of("destroy_session_none").set("session_id", object.longInteger("session_id")));
            case "rpc_drop_answer" ->
                session.answer(
                        messageId, RpcGate.rpcResult(messageId, session.write(TlObject.of("rpc_answer_unknown"))));
            case "destroy_auth_key" -> {
                session.respond(TlObject.of("destroy_auth_key_ok"));
                keys.forget(session.key());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void states(MtSession session, long messageId, List<Long> asked) {
        session.respond(
                TlObject.of("msgs_state_info").set("req_msg_id", messageId).set("info", session.states(asked)));
        session.resendAnswers(asked);
    }

    private static TlObject pong(long messageId, TlObject ping) {
        return TlObject.of("pong").set("msg_id", messageId).set("ping_id", ping.longInteger("ping_id"));
    }

    private TlObject salts(MtSession session, long messageId) {
        int now = (int) clock.instant().getEpochSecond();
        TlObject salt = TlObject.of("future_salt")
                .set("valid_since", now - 3600)
                .set("valid_until", now + SALT_LIFETIME_SECONDS)
                .set("salt", session.key().salt());
        return TlObject.of("future_salts")
                .set("req_msg_id", messageId)
                .set("now", now)
                .set("salts", List.of(salt));
    }
}
