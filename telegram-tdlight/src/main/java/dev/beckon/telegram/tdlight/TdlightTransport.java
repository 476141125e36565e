package dev.beckon.telegram.tdlight;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.tdlib.TdTransport;
import it.tdlight.ClientFactory;
import it.tdlight.TelegramClient;
import it.tdlight.jni.TdApi;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way through tdlight-java's clients. Its native library is loaded with the first of them: from the class path, or by the
 * name {@code tdjni} from {@code java.library.path}. Its factory has the receiving thread, and lives while a client does, for a
 * process must not end within TDLib.
 */
public final class TdlightTransport implements TdTransport {
    private static final Logger LOG = LoggerFactory.getLogger(TdlightTransport.class);
    private static final TdlightTransport ONLY = new TdlightTransport();

    private final Map<Integer, TelegramClient> clients = new ConcurrentHashMap<>();

    /** Held until a factory has ended: TDLib ends the process when two threads receive. Never taken on the receiving thread. */
    private final Object lifecycle = new Object();

    private Optional<ClientFactory> factory = Optional.empty();
    private int made;

    private TdlightTransport() {}

    /** The only one of this process; nor may anything else in it have a factory of tdlight-java's at work. */
    public static TdTransport ofThisProcess() {
        return ONLY;
    }

    @Override
    public int newClient(Consumer<ObjectNode> updates) {
        synchronized (lifecycle) {
            int id = ++made;
            TelegramClient client = factory().createClient();
            clients.put(id, client);
            try {
                client.initialize((TdApi.Object update) -> take(id, update, updates), this::failed, this::failed);
            } catch (RuntimeException e) {
                clients.remove(id);
                throw e;
            }
            // tdlight-java has TDLib log much, and that log tells of people: before a session is opened, only what
            // kills us stays.
            client.execute(new TdApi.SetLogVerbosityLevel(0));
            return id;
        }
    }

    private ClientFactory factory() {
        if (factory.isEmpty()) {
            factory = Optional.of(ClientFactory.create());
        }
        return factory.get();
    }

    @Override
    public CompletableFuture<ObjectNode> send(int client, ObjectNode request) {
        CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
        TelegramClient to = clients.get(client);
        if (to == null) {
            // As TDLib answers what is under way when a client closes.
            answer.complete(error(500, "Request aborted"));
            return answer;
        }
        TdApi.Function<?> function;
        try {
            function = TypedApi.function(request);
        } catch (IllegalArgumentException e) {
            answer.complete(error(400, e.getMessage()));
            return answer;
        }
        to.send(function, result -> answer.complete(TypedApi.json(result)), answer::completeExceptionally);
        return answer;
    }

    private static ObjectNode error(int code, String message) {
        return TypedApi.json(new TdApi.Error(code, message));
    }

    /** On the receiving thread. Whoever hears that the client is closed may at once want to know whether it was the last. */
    private void take(int client, TdApi.Object update, Consumer<ObjectNode> updates) {
        if (update instanceof TdApi.UpdateAuthorizationState state
                && state.authorizationState instanceof TdApi.AuthorizationStateClosed) {
            clients.remove(client);
        }
        updates.accept(TypedApi.json(update));
    }

    @Override
    public void awaitEnd() {
        synchronized (lifecycle) {
            if (clients.isEmpty() && factory.isPresent()) {
                close(factory.get());
                factory = Optional.empty();
            }
        }
    }

    /** Also for whom an interrupt bids to hurry: with a thread inside of TDLib the next client would end the process. */
    private static void close(ClientFactory factory) {
        boolean interrupted = Thread.interrupted();
        try {
            factory.close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void failed(Throwable failure) {
        LOG.error("an update could not be taken in", failure);
    }
}
