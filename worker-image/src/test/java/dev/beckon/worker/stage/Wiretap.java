package dev.beckon.worker.stage;

import dev.beckon.telegram.TelegramSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    /** A session in which names have changed hands: whoever asks for the one is told of the other. */
    public static UnaryOperator<TelegramSession> renamed(Map<?, ?> names) {
        return session -> between((method, given) -> passed(
                session,
                method,
                Arrays.stream(given)
                        .map(argument -> names.containsKey(argument) ? names.get(argument) : argument)
                        .toArray()));
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
