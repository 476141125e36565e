package dev.beckon.worker.audience;

import dev.beckon.worker.BadInput;
import java.net.http.HttpRequest;

/** What an audience's server wants to see before it hands the file out; printed without it. */
record SecretHeader(String name, String value) {
    /** @param line {@code Name: value} @throws BadInput when it is none */
    static SecretHeader parse(String line) {
        int colon = line.indexOf(':');
        String name = colon < 1 ? "" : line.substring(0, colon).strip();
        String value = line.substring(colon + 1).strip();
        try {
            HttpRequest.newBuilder().header(name, value);
        } catch (IllegalArgumentException e) {
            throw new BadInput(
                    "The Secret of spec.audience.secretRef holds no header: write one line, Name: value, such"
                            + " as Authorization: Bearer …");
        }
        return new SecretHeader(name, value);
    }

    /** Shows it. */
    void on(HttpRequest.Builder request) {
        request.header(name, value);
    }

    @Override
    public String toString() {
        return "SecretHeader[]";
    }
}
