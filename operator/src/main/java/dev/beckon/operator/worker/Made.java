package dev.beckon.operator.worker;

import java.util.function.Supplier;

/** What came of making a child. */
public sealed interface Made<T> {
    /** @param fresh false when an earlier pass made it */
    record Ours<T>(T child, boolean fresh) implements Made<T> {}

    /**
     * Somebody else's object has the name.
     *
     * @param beckons whether it belongs to another of Beckon's resources, which may rightly have the name
     */
    record Foreign<T>(String kind, String name, boolean beckons) implements Made<T> {}

    /** What came of it under another name, if another of Beckon's resources has the first one. */
    default Made<T> orApart(Supplier<Made<T>> otherwise) {
        return this instanceof Foreign<T> foreign && foreign.beckons() ? otherwise.get() : this;
    }
}
