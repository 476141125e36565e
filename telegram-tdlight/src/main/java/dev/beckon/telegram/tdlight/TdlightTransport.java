package dev.beckon.telegram.tdlight;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.tdlib.TdTransport;
import it.tdlight.ClientFactory;
import it.tdlight.TelegramClient;
import it.tdlight.jni.TdApi;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

    private final Map<Integer, TelegramClient> clients = new HashMap<>();
    private Optional<ClientFactory> factory = Optional.empty();
    private int made;

    @Override
    public synchronized int newClient(Consumer<ObjectNode> updates) {
        TelegramClient client = factory().createClient();
        int id = ++made;
        clients.put(id, client);
        client.initialize((TdApi.Object update) -> take(id, update, updates), this::failed, this::failed);
        // tdlight-java has TDLib log much, and that log tells of people: before a session is opened, only what kills us
        // stays.
        client.execute(new TdApi.SetLogVerbosityLevel(0));
        return id;
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
        client(client)
                .ifPresentOrElse(
                        to -> to.send(
                                TypedApi.function(request),
                                result -> answer.complete(TypedApi.json(result)),
                                answer::completeExceptionally),
                        () -> answer.complete(aborted()));
        return answer;
    }

    private synchronized Optional<TelegramClient> client(int id) {
        return Optional.ofNullable(clients.get(id));
    }

    /** What TDLib answers to whatever is under way when a client closes. */
    private static ObjectNode aborted() {
        return TypedApi.json(new TdApi.Error(500, "Request aborted"));
    }

    private void take(int client, TdApi.Object update, Consumer<ObjectNode> updates) {
        try {
            updates.accept(TypedApi.json(update));
        } finally {
            if (update instanceof TdApi.UpdateAuthorizationState state
                    && state.authorizationState instanceof TdApi.AuthorizationStateClosed) {
                retire(client);
            }
        }
    }

    private synchronized void retire(int client) {
        clients.remove(client);
    }

    @Override
    public void awaitEnd() {
        ending().ifPresent(ClientFactory::close);
    }

    private synchronized Optional<ClientFactory> ending() {
        Optional<ClientFactory> ending = clients.isEmpty() ? factory : Optional.empty();
        if (ending.isPresent()) {
            factory = Optional.empty();
        }
        return ending;
    }

    private void failed(Throwable failure) {
        LOG.error("an update could not be taken in", failure);
    }
}
