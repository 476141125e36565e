package dev.beckon.images;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A program of which there is an image. */
enum Program {
    OPERATOR(
            "Keeps campaigns, parsers, schedules and accounts as Kubernetes declares them",
            "operator/target/quarkus-app"),
    WORKER("Works on one order with one Telegram account", "worker-image/target/worker"),
    GATEWAY("Takes the events of webhook campaigns in", "gateway/target/quarkus-app");

    /** Options of the worker's JVM with its class path: the JVM's own {@code lib/*} has the order of the file system. */
    static final String START_OPTIONS = "start.options";

    /** Where {@code BECKON_TDLIB_LIBRARY} is when nobody sets it. */
    static final String TDLIB = "opt/beckon/lib/libtdjson.so";

    static final String RUNTIME = "opt/beckon/jre";

    private final String purpose;
    private final Path built;

    Program(String purpose, String built) {
        this.purpose = purpose;
        this.built = Path.of(built);
    }

    /** Its name in file names and in the image's name. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where the build puts it, in the checkout. */
    Path built() {
        return built;
    }

    /** Its folder in the image, without the leading slash. */
    String home() {
        return "opt/beckon/" + id();
    }

    /** The cache of loaded classes, in {@link #home}. */
    String cache() {
        return this == WORKER ? "worker.aot" : "app.aot";
    }

    /** Where the build writes which artifacts its jars are, in the checkout. */
    Path dependencies() {
        return this == WORKER
                ? Path.of("worker-image/target/dependencies.txt")
                : built.resolve("quarkus-app-dependencies.txt");
    }

    /**
     * How the container starts, in {@link #home}: the JVM takes its cache only with the class path that it was trained with, and a
     * relative one is the same in the image and where it is trained.
     *
     * @param cached whether there is a cache
     */
    List<String> entrypoint(boolean cached) {
        List<String> start = this == WORKER
                ? List.of("@" + START_OPTIONS, "dev.beckon.worker.Worker")
                : List.of("@jvm.options", "-jar", "quarkus-run.jar");
        Optional<String> cache = cached ? Optional.of("-XX:AOTCache=" + cache()) : Optional.empty();
        return Stream.of(
                        Stream.of("/" + RUNTIME + "/bin/java"),
                        cache.stream(),
                        // What the JVM warns of is no line of the program's log.
                        Stream.of("-Xlog:disable", "-Xlog:all=warning:stderr"),
                        start.stream())
                .flatMap(it -> it)
                .toList();
    }

    /** The port of its health, metrics and, for the gateway, events. */
    Optional<Integer> port() {
        return this == WORKER ? Optional.empty() : Optional.of(8080);
    }

    /** Names of files and arguments are in UTF-8; glibc has this locale built in. */
    static Map<String, String> environment() {
        return Map.of("LANG", "C.UTF-8", "SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt");
    }

    String purpose() {
        return purpose;
    }
}
