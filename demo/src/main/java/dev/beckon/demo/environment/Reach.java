package dev.beckon.demo.environment;

import java.util.List;
import java.util.stream.Stream;

/**
 * From where servers of this machine are reached.
 *
 * @param address of this machine, as pods with a network of their own reach it; loopback where everything is a process of this machine
 */
record Reach(String address) {
    private static final String LOOPBACK = "127.0.0.1";

    /** Only from this machine itself. */
    static final Reach THIS_MACHINE = new Reach(LOOPBACK);

    /** The addresses at which a server listens: always on loopback, for us. */
    List<String> listening() {
        return Stream.of(LOOPBACK, address).distinct().toList();
    }
}
