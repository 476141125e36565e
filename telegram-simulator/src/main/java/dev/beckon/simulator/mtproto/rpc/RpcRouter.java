package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.session.RpcContext;
import dev.beckon.simulator.mtproto.session.RpcHandler;
import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.RpcError;
import dev.beckon.simulator.world.World;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the handler of a call. What the simulator has no answer to is refused, counted and logged once. */
public final class RpcRouter implements RpcHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RpcRouter.class);

    private final World world;
    private final Map<String, Handler> handlers = new HashMap<>();
    private final Map<String, Integer> unknown = new ConcurrentHashMap<>();

    /** @param port of the data centre, known once it listens */
    public RpcRouter(World world, IntSupplier port) {
        this.world = world;
        handlers.putAll(new AuthHandlers().methods());
        handlers.putAll(new PasswordHandlers().methods());
        handlers.putAll(new HelpHandlers(port).methods());
        handlers.putAll(new ContactHandlers().methods());
        handlers.putAll(new ChannelHandlers().methods());
        handlers.putAll(new AdminLogHandlers().methods());
        handlers.putAll(new InvitationHandlers().methods());
        handlers.putAll(new DialogHandlers().methods());
        Uploads uploads = new Uploads();
        handlers.putAll(uploads.methods());
        handlers.putAll(new MessageHandlers(uploads).methods());
        handlers.putAll(new UpdateHandlers().methods());
    }

    @Override
    public Object answer(RpcContext context, TlObject query) {
        Handler handler = handlers.get(query.constructor());
        if (handler == null) {
            if (unknown.merge(query.constructor(), 1, Integer::sum) == 1) {
                LOG.info("{} is not simulated", query);
            }
            throw new RpcError(400, "METHOD_NOT_SIMULATED");
        }
        return handler.answer(new Call(query, context, world));
    }

    /** How often methods were called that the simulator has no answer to. */
    public SortedMap<String, Integer> unknownMethods() {
        return new TreeMap<>(unknown);
    }
}
