package dev.beckon.worker.stage;

import dev.beckon.telegram.TelegramSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
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
        return session -> (TelegramSession) Proxy.newProxyInstance(
                TelegramSession.class.getClassLoader(), new Class<?>[] {TelegramSession.class}, (_, method, given) -> {
                    ear.hears(method.getName(), given == null ? List.of() : List.of(given));
                    try {
                        return method.invoke(session, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
