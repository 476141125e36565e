package dev.beckon.simulator.mtproto.session;

import dev.beckon.simulator.mtproto.tl.ByteSink;
import dev.beckon.simulator.mtproto.tl.TlException;
import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.mtproto.tl.TlReader;
import dev.beckon.simulator.mtproto.tl.TlWriter;
import dev.beckon.simulator.world.NoAnswer;
import dev.beckon.simulator.world.RpcError;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a call: out of its wrappers, to the handler, and back as an {@code rpc_result} that fits the schema. An
 * answer that doesn't fit is our fault: it is logged with the field's path, and the client hears an error instead.
 */
final class RpcGate {
    private static final Logger LOG = LoggerFactory.getLogger(RpcGate.class);
    private static final int RPC_RESULT = 0xf35c6d01;
    private static final Set<String> WRAPPERS =
            Set.of("invokeWithLayer", "initConnection", "invokeAfterMsg", "invokeAfterMsgs", "invokeWithoutUpdates");

    private final TlWriter writer;
    private final RpcHandler handler;
    private final KeyRegistry keys;
    private final KeyBinding binding;

    RpcGate(TlReader reader, TlWriter writer, RpcHandler handler, KeyRegistry keys) {
        this.writer = writer;
        this.handler = handler;
        this.keys = keys;
        this.binding = new KeyBinding(reader);
    }

    /**
     * Answers one call.
     *
     * @throws NoAnswer when nothing is to be said
     */
    void call(MtSession session, long messageId, TlObject wrapped) {
        TlObject call = wrapped;
        while (WRAPPERS.contains(call.constructor())) {
            call = call.object("query");
        }
        byte[] result;
        try {
            Object value = call.is("auth.bindTempAuthKey") ? bind(session, call) : answer(session, call);
            result = writer.writeResult(call.constructor(), value);
            LOG.debug(
                    "{} → {}",
                    call,
                    value instanceof TlObject ? value : value.getClass().getSimpleName());
        } catch (RpcError e) {
            LOG.debug("{} → {} {}", call, e.code(), e.getMessage());
            result = error(e.code(), e.getMessage());
        } catch (TlException e) {
            LOG.error("the answer to {} does not fit the schema: {}", call, e.getMessage());
            result = error(400, "SIMULATOR_BUG");
        } catch (NoAnswer e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("{} could not be answered", call, e);
            result = error(400, "SIMULATOR_BUG");
        }
        session.answer(messageId, rpcResult(messageId, result));
    }

    /** The answer to bytes that are no call of this layer. */
    void refuse(MtSession session, long messageId, int code, String message) {
        session.answer(messageId, rpcResult(messageId, error(code, message)));
    }

    private Object answer(MtSession session, TlObject call) {
        long permanent = keys.permanentId(session.key()).orElseThrow(() -> new RpcError(401, "AUTH_KEY_PERM_EMPTY"));
        return handler.answer(new RpcContext(permanent, session.key().dataCentre(), session), call);
    }

    private Object bind(MtSession session, TlObject call) {
        AuthKey permanent = keys.find(call.longInteger("perm_auth_key_id"))
                .filter(key -> !key.temporary())
                .filter(key -> session.key().temporary() && binding.isProven(call, key, session))
                .orElseThrow(() -> new RpcError(400, "ENCRYPTED_MESSAGE_INVALID"));
        keys.bind(session.key(), permanent);
        return true;
    }

    private byte[] error(int code, String message) {
        return writer.write(TlObject.of("rpc_error").set("error_code", code).set("error_message", message));
    }

    static byte[] rpcResult(long messageId, byte[] result) {
        return new ByteSink().int32(RPC_RESULT).int64(messageId).raw(result).toByteArray();
    }
}
