package dev.beckon.gateway.webhook;

import java.util.List;
import java.util.Optional;

/**
 * A request as it came. Printed without what it holds.
 *
 * @param path as it stands in the request's first line, without the query
 * @param query the same, without its question mark; empty when there is none
 * @param body empty for GET
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Call(String method, String path, String query, Headers headers, byte[] body) {
    /** A request's headers by their names, whose case does not matter. */
    @FunctionalInterface
    interface Headers {
        List<String> all(String name);

        /** The header's value, without what is around it; the first of several. */
        default Optional<String> first(String name) {
            return all(name).stream().map(String::strip).findFirst();
        }
    }

    @Override
    public String toString() {
        return "Call[" + method + "]";
    }
}
