package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way through {@code td_json_client}. One thread receives for them
 * all, as TDLib demands; it lives while a client does, for a process must not end within {@code td_receive}.
 */
final class TdReceiver implements TdTransport {
    private static final Logger LOG = LoggerFactory.getLogger(TdReceiver.class);
    private static final double WAIT_SECONDS = 1;

    private final TdLibrary library;
    private final AtomicLong requests = new AtomicLong();
    private final Map<Long, CompletableFuture<ObjectNode>> pending = new ConcurrentHashMap<>();
    private final Map<Integer, Consumer<ObjectNode>> updates = new ConcurrentHashMap<>();
    private final Object lifecycle = new Object();
    private Optional<Thread> thread = Optional.empty();
    private Optional<Thread> ending = Optional.empty();

    TdReceiver(TdLibrary library) {
        this.library = library;
    }

    /** {@inheritDoc} It starts with its first request. */
    @Override
    public int newClient(Consumer<ObjectNode> consumer) {
        synchronized (lifecycle) {
            int client = library.createClientId();
            updates.put(client, consumer);
            if (thread.isEmpty()) {
                thread = Optional.of(
                        Thread.ofPlatform().daemon().name("tdlib-receive").start(this::receive));
            }
            return client;
        }
    }

    /** On the receiving thread: TDLib closed the client. With the last one the thread never receives again. */
    private void retire(int client) {
        synchronized (lifecycle) {
            updates.remove(client);
            if (updates.isEmpty()) {
                ending = thread;
                thread = Optional.empty();
            }
        }
    }

    @Override
    public void awaitEnd() {
        Optional<Thread> last;
        synchronized (lifecycle) {
            last = ending;
        }
        if (last.isPresent() && last.get() != Thread.currentThread()) {
            try {
                last.get().join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public CompletableFuture<ObjectNode> send(int client, ObjectNode request) {
        long id = requests.incrementAndGet();
        CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
        pending.put(id, answer);
        library.send(client, Td.print(request.put("@extra", id)));
        return answer.whenComplete((done, failure) -> pending.remove(id));
    }

    private void receive() {
        while (isNeeded()) {
            library.receive(WAIT_SECONDS).map(Td::parse).ifPresent(this::dispatch);
        }
    }

    /** Compared by identity: a thread that was told to end must not go on because a new client came meanwhile. */
    private boolean isNeeded() {
        synchronized (lifecycle) {
            return thread.isPresent() && thread.get() == Thread.currentThread();
        }
    }

    private void dispatch(ObjectNode received) {
        if (received.has("@extra")) {
            CompletableFuture<ObjectNode> answer =
                    pending.get(received.get("@extra").asLong());
            if (answer != null) {
                answer.complete(received);
            }
            return;
        }
        int client = received.path("@client_id").asInt();
        Consumer<ObjectNode> consumer = updates.get(client);
        if (consumer != null) {
            take(received, consumer);
        }
        if (Td.is(received.path("authorization_state"), "authorizationStateClosed")) {
            retire(client);
        }
    }

    private static void take(ObjectNode update, Consumer<ObjectNode> consumer) {
        try {
            consumer.accept(update);
        } catch (RuntimeException e) {
            LOG.error("an update of the type {} could not be taken in", Td.type(update), e);
        }
    }
}
