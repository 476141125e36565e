package dev.beckon.telegram;

import java.util.function.Function;

/** What Telegram answered to a call. */
public sealed interface Answer<T> {

    /** Telegram did it. */
    record Ok<T>(T value) implements Answer<T> {}

    /** Telegram refused, or nothing was heard ({@link TelegramError.Unanswered}). */
    record Refused<T>(TelegramError error) implements Answer<T> {
        /** The same refusal of a call with another result. */
        public <U> Refused<U> as() {
            return new Refused<>(error);
        }
    }

    static <T> Answer<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Answer<T> refused(TelegramError error) {
        return new Refused<>(error);
    }

    default <U> Answer<U> map(Function<? super T, ? extends U> f) {
        return switch (this) {
            case Ok<T>(T value) -> new Ok<>(f.apply(value));
            case Refused<T> refused -> refused.as();
        };
    }

    default <U> Answer<U> then(Function<? super T, Answer<U>> f) {
        return switch (this) {
            case Ok<T>(T value) -> f.apply(value);
            case Refused<T> refused -> refused.as();
        };
    }
}
