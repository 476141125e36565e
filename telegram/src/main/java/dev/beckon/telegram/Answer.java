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

    /** The answer of a call that was done. */
    static <T> Answer<T> ok(T value) {
        return new Ok<>(value);
    }

    /** The answer of a call that was not done or of which nothing was heard. */
    static <T> Answer<T> refused(TelegramError error) {
        return new Refused<>(error);
    }

    /** The value as something else; a refusal stays. */
    default <U> Answer<U> map(Function<? super T, ? extends U> f) {
        return switch (this) {
            case Ok<T>(T value) -> new Ok<>(f.apply(value));
            case Refused<T> refused -> refused.as();
        };
    }

    /** The next call, made with this one's value; a refusal stays, and no next call is made. */
    default <U> Answer<U> then(Function<? super T, Answer<U>> f) {
        return switch (this) {
            case Ok<T>(T value) -> f.apply(value);
            case Refused<T> refused -> refused.as();
        };
    }
}
