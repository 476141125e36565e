package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.Freeze;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramErrors;
import dev.beckon.telegram.TelegramErrors.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of TDLib as calls that block: a refusal comes back as an {@link Answer}, and what was not answered in time
 * as {@link TelegramError.Unanswered}, since it may have been done.
 */
final class TdClient {
    private static final Logger LOG = LoggerFactory.getLogger(TdClient.class);
    /** How often a call that is on its way is looked at: its time may have become shorter. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final Duration CLOSING_TAKES_AT_MOST = Duration.ofSeconds(20);

    private static final TelegramError LOST =
            new TelegramError.SessionLost("the session was ended by Telegram or on another device");

    private final TdTransport transport;
    private final Supplier<Duration> callTimeout;
    private final TdAnnounced announced = new TdAnnounced();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<Long, CompletableFuture<ObjectNode>> sends = new ConcurrentHashMap<>();
    private volatile Optional<TelegramError> ended = Optional.empty();
    private volatile Optional<Freeze> freeze = Optional.empty();
    private volatile boolean lost;
    private volatile boolean closing;
    private volatile int id;

    TdClient(TdTransport transport, Supplier<Duration> callTimeout) {
        this.transport = transport;
        this.callTimeout = callTimeout;
    }

    /** Makes the client; its authorization states go to the given consumer. */
    void start(Consumer<ObjectNode> authorizationStates) {
        id = transport.newClient(update -> take(update, authorizationStates));
    }

    private void take(ObjectNode update, Consumer<ObjectNode> authorizationStates) {
        switch (Td.type(update)) {
            case "updateAuthorizationState" -> {
                ObjectNode state = (ObjectNode) update.get("authorization_state");
                authorizationStates.accept(state);
                if (Td.is(state, "authorizationStateClosed")) {
                    closed.countDown();
                    sends.values().forEach(this::cutShort);
                }
            }
            case "updateMessageSendSucceeded", "updateMessageSendFailed" ->
                outcomeOf(update.get("old_message_id").asLong()).complete(update);
            case "updateFreezeState" -> freeze = TdFreeze.of(update);
            case "updateUser" -> announced.told((ObjectNode) update.get("user"));
            default -> {
                // Everything else is for applications that show chats.
            }
        }
    }

    /** TDLib answers calls when it closes, but says nothing more of messages that are on their way. */
    private void cutShort(CompletableFuture<ObjectNode> send) {
        ObjectNode failed = Td.object("updateMessageSendFailed");
        failed.set("error", Td.object("error").put("code", 500).put("message", "Request aborted"));
        send.complete(failed);
    }

    /** Sends a request whose answer nobody waits for; a refusal of it is logged. */
    void post(ObjectNode request) {
        String type = Td.type(request);
        var _ = transport.send(id, request).thenAccept(answer -> {
            if (Td.is(answer, "error") && !closing) {
                LOG.warn("TDLib refused {}: {}", type, answer.path("message").asText());
            }
        });
    }

    /** A request whose answer is taken on the receiving thread. */
    CompletableFuture<ObjectNode> ask(ObjectNode request) {
        return transport.send(id, request);
    }

    /**
     * A call that only looks: when the session's end cuts it short, nothing is left in doubt.
     *
     * @param subject what the call is about; some refusals mean different things of different calls
     */
    Answer<ObjectNode> read(ObjectNode request, Subject subject) {
        return switch (call(request, subject)) {
            case Answer.Refused<ObjectNode>(TelegramError.Unanswered _)
            when ended().isPresent() -> Answer.refused(ended().get());
            case Answer<ObjectNode> answer -> answer;
        };
    }

    /** Calls that only look, all sent before the first answer is waited for: on the way they cost hardly more than one. */
    List<Answer<ObjectNode>> readAll(List<ObjectNode> requests, Subject subject) {
        List<CompletableFuture<ObjectNode>> sent =
                requests.stream().map(request -> transport.send(id, request)).toList();
        return IntStream.range(0, sent.size())
                .mapToObj(i -> answer(Td.type(requests.get(i)), sent.get(i), subject))
                .toList();
    }

    /** The people whom TDLib tells of by itself. */
    TdAnnounced announced() {
        return announced;
    }

    /** What TDLib told last of a freeze of the account: when it opens the session, and when it reads the configuration. */
    Optional<Freeze> freeze() {
        return freeze;
    }

    /** A call that may change something. */
    Answer<ObjectNode> call(ObjectNode request, Subject subject) {
        if (isClosed()) {
            return Answer.refused(ended().orElseGet(() -> new TelegramError.SessionLost("the session is closed")));
        }
        return answer(Td.type(request), transport.send(id, request), subject);
    }

    private Answer<ObjectNode> answer(String type, CompletableFuture<ObjectNode> sent, Subject subject) {
        return await(type, sent).then(answer -> Td.is(answer, "error") ? refusal(answer, subject) : Answer.ok(answer));
    }

    /** Waits for what became of a message that TDLib took for sending. */
    Answer<ObjectNode> awaitSent(long pendingId, Subject subject) {
        try {
            CompletableFuture<ObjectNode> outcome = outcomeOf(pendingId);
            if (isClosed()) {
                cutShort(outcome);
            }
            return await("sendMessage", outcome)
                    .then(update -> Td.is(update, "updateMessageSendSucceeded")
                            ? Answer.ok((ObjectNode) update.get("message"))
                            : refusal((ObjectNode) update.get("error"), subject));
        } finally {
            sends.remove(pendingId);
        }
    }

    /** The update may come before the answer to the request, so either side may make the future. */
    private CompletableFuture<ObjectNode> outcomeOf(long pendingId) {
        return sends.computeIfAbsent(pendingId, message -> new CompletableFuture<>());
    }

    private Answer<ObjectNode> await(String type, CompletableFuture<ObjectNode> future) {
        long begun = System.nanoTime();
        try {
            while (true) {
                Duration left = callTimeout.get().minusNanos(System.nanoTime() - begun);
                // One that came between two looks is heard, also when the time has just become shorter than it took.
                if (!left.isPositive() && !future.isDone()) {
                    return unanswered("no answer to " + type + " within "
                            + callTimeout.get().toSeconds() + " s");
                }
                try {
                    return Answer.ok(future.get(Math.min(LOOK.toNanos(), left.toNanos()), TimeUnit.NANOSECONDS));
                } catch (TimeoutException e) {
                    LOG.trace("Still no answer to {}", type);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unanswered("interrupted while " + type + " was under way");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the answer to " + type + " could not be taken in", e.getCause());
        }
    }

    private static Answer<ObjectNode> unanswered(String why) {
        return Answer.refused(new TelegramError.Unanswered(why));
    }

    private Answer<ObjectNode> refusal(ObjectNode error, Subject subject) {
        TelegramError mapped =
                map(error.path("code").asInt(), error.path("message").asText(), subject);
        if (mapped instanceof TelegramError.SessionLost || mapped instanceof TelegramError.Banned) {
            noteEnd(mapped);
        }
        return Answer.refused(mapped);
    }

    /** "Unauthorized" is TDLib's own word for a session that has ended; why, an earlier refusal may have told. */
    private TelegramError map(int code, String message, Subject subject) {
        return code == 401 && message.equals("Unauthorized") && ended().isPresent()
                ? ended().get()
                : TelegramErrors.map(code, message, subject);
    }

    /** The first reason stays: TDLib's later ones are only echoes of it. */
    private synchronized void noteEnd(TelegramError why) {
        if (ended.isEmpty()) {
            ended = Optional.of(why);
        }
    }

    /** Why the session ended without our wish, if it did: what a refusal told, else that it did. */
    Optional<TelegramError> ended() {
        return ended.or(() -> lost ? Optional.of(LOST) : Optional.empty());
    }

    /** TDLib says that the session ends, but not why: a refusal may tell, before or after. */
    void endedByItself() {
        lost = !closing;
    }

    /** TDLib could not open the session's files: the client is of no use. */
    void openingFailed(ObjectNode error) {
        noteEnd(map(error.path("code").asInt(), error.path("message").asText(), Subject.LOGIN));
        post(Td.object("close"));
    }

    void expectEnd() {
        closing = true;
    }

    /** Closes the client and waits until TDLib wrote its files: the process must not end before. */
    void close() {
        closing = true;
        if (!isClosed()) {
            post(Td.object("close"));
        }
        if (awaitClosed(CLOSING_TAKES_AT_MOST)) {
            transport.awaitEnd();
        } else {
            LOG.error("TDLib did not close its client within {} s", CLOSING_TAKES_AT_MOST.toSeconds());
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    private boolean awaitClosed(Duration atMost) {
        boolean interrupted = false;
        try {
            long end = System.nanoTime() + atMost.toNanos();
            while (true) {
                try {
                    return closed.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
