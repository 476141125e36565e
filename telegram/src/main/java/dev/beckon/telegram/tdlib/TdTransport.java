package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The way to TDLib in this process: requests go in, answers and updates come out, as the objects of its JSON interface. */
public interface TdTransport {
    /**
     * Makes a client; its updates go to the consumer, on the receiving thread, one after the other. The first ones may come before this
     * returns.
     */
    int newClient(Consumer<ObjectNode> updates);

    /** Sends a request of a client. A refusal is an answer of the type {@code error}. */
    CompletableFuture<ObjectNode> send(int client, ObjectNode request);

    /** After a client was closed: if it was the last one, waits until nothing of this process is inside of TDLib. */
    void awaitEnd();
}
