package dev.beckon.worker.audience;

import java.net.URI;
import java.util.Optional;

/** Where a file is asked for over HTTP. Printed by its host alone: the rest may carry a token. */
record Location(URI uri) {
    /** A URI may have higher ones, a connection not. */
    private static final int HIGHEST_PORT = 65_535;

    /** What a person wrote; empty when it is no address of a file. */
    static Optional<Location> of(String text) {
        try {
            return of(URI.create(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Location> of(URI uri) {
        boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        return http && uri.getHost() != null && uri.getUserInfo() == null && uri.getPort() <= HIGHEST_PORT
                ? Optional.of(new Location(uri))
                : Optional.empty();
    }

    /** Where the server here sends on to; empty when it is no address of a file. */
    Optional<Location> next(String location) {
        try {
            return of(uri.resolve(location));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean isEncrypted() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** As {@link java.net.InetAddress} wants it: a literal IPv6 address without its brackets. */
    String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    boolean isOfTheSameServer(Location other) {
        return uri.getScheme().equalsIgnoreCase(other.uri.getScheme())
                && uri.getHost().equalsIgnoreCase(other.uri.getHost())
                && uri.getPort() == other.uri.getPort();
    }

    @Override
    public String toString() {
        return uri.getHost();
    }
}
