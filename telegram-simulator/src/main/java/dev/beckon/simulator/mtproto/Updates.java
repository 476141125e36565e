package dev.beckon.simulator.mtproto;

import dev.beckon.simulator.mtproto.rpc.UpdateViews;
import dev.beckon.simulator.mtproto.session.MtServer;
import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.RpcError;
import dev.beckon.simulator.world.World;
import dev.beckon.simulator.world.WorldEvent;
import dev.beckon.simulator.world.WorldListener;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells clients what happens to them while they do nothing. On a thread of its own, for the world must not wait. */
final class Updates implements WorldListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Updates.class);

    private final ExecutorService queue = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("updates").factory());
    private final World world;
    private final MtServer server;
    private final UpdateViews views;

    Updates(World world, MtServer server) {
        this.world = world;
        this.server = server;
        this.views = new UpdateViews(world);
        world.listen(this);
    }

    @Override
    public void happened(WorldEvent event) {
        switch (event) {
            case WorldEvent.LoginTokenAccepted e -> enqueue(() -> server.push(e.authKeyId(), views.loginToken()));
            case WorldEvent.MessageSent e
            when e.toMessageId() != 0 && e.fromId() != e.toId() -> enqueue(() -> pushTo(e.toId(), views.received(e)));
            case WorldEvent.MessageDeleted e ->
                enqueue(() -> {
                    pushTo(e.fromId(), views.deleted(e.fromMessageId()));
                    pushTo(e.toId(), views.deleted(e.toMessageId()));
                });
            default -> {
                // Nothing that a client hears of by itself.
            }
        }
    }

    /** What can't be told is told by the client's next question for the difference. */
    private void enqueue(Runnable push) {
        queue.execute(() -> {
            try {
                push.run();
            } catch (RpcError e) {
                LOG.debug("nobody is there to hear an update: {}", e.text());
            } catch (RuntimeException e) {
                LOG.error("an update could not be told", e);
            }
        });
    }

    private void pushTo(long userId, UpdateViews.View view) {
        for (long key : world.logins().keysOf(userId)) {
            TlObject updates = view.seenBy(world.logins().caller(key));
            server.push(key, updates);
        }
    }

    @Override
    public void close() {
        world.unlisten(this);
        queue.shutdown();
    }
}
