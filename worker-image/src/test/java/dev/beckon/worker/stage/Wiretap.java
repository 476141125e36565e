package dev.beckon.worker.stage;

import dev.beckon.telegram.Answer;
import dev.beckon.telegram.EventLog;
import dev.beckon.telegram.TelegramSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** Stands between a worker and its engine. */
public final class Wiretap {
    private Wiretap() {}

    /** Hears each call before it is made; may throw, or let things happen in the world first. */
    public interface Ear {
        void hears(String call, List<Object> arguments);
    }

    /** A session of which every call is heard. */
    public static UnaryOperator<TelegramSession> on(Ear ear) {
        return session -> between((method, given) -> {
            ear.hears(method.getName(), List.of(given));
            return passed(session, method, given);
        });
    }

    /** A session that answers one call otherwise. */
    public static UnaryOperator<TelegramSession> answering(String call, Object answer) {
        return session ->
                between((method, given) -> method.getName().equals(call) ? answer : passed(session, method, given));
    }

    /** A session that answers one call otherwise the first time. */
    public static UnaryOperator<TelegramSession> answeringOnce(String call, Object answer) {
        AtomicBoolean answered = new AtomicBoolean();
        return session ->
                between((method, given) -> method.getName().equals(call) && answered.compareAndSet(false, true)
                        ? answer
                        : passed(session, method, given));
    }

    /** A session in which names have changed hands: whoever asks for the one is told of the other. */
    public static UnaryOperator<TelegramSession> renamed(Map<?, ?> names) {
        return session -> between((method, given) -> passed(
                session,
                method,
                Arrays.stream(given)
                        .map(argument -> names.containsKey(argument) ? names.get(argument) : argument)
                        .toArray()));
    }

    /** A session that tells a chat's event log in parts of so many events. */
    public static UnaryOperator<TelegramSession> logInParts(int most) {
        return session -> between((method, given) -> switch (method.getName()) {
            case "eventLog" -> part(session.eventLog((long) given[0], (Instant) given[1]), Long.MAX_VALUE, most);
            case "olderEvents" -> part(session.eventLog((long) given[0], (Instant) given[1]), (long) given[2], most);
            default -> passed(session, method, given);
        });
    }

    private static Answer<EventLog> part(Answer<EventLog> whole, long end, int most) {
        return whole.map(log -> {
            int to = (int) Math.min(end, log.events().size());
            int from = Math.max(0, to - most);
            return new EventLog(
                    log.coversFrom(),
                    log.events().subList(from, to),
                    from == 0 ? Optional.empty() : Optional.of((long) from));
        });
    }

    private interface Call {
        Object of(Method method, Object[] given) throws Throwable;
    }

    private static TelegramSession between(Call call) {
        return (TelegramSession) Proxy.newProxyInstance(
                TelegramSession.class.getClassLoader(),
                new Class<?>[] {TelegramSession.class},
                (_, method, given) -> call.of(method, given == null ? new Object[0] : given));
    }

    private static Object passed(TelegramSession session, Method method, Object[] given) throws Throwable {
        try {
            return method.invoke(session, given);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
