package dev.beckon.demo.chaos;

import java.time.Duration;

/**
 * A server that is killed and started again.
 *
 * @param afterCalls when: once this many calls to Telegram were begun by all workers together
 * @param downFor how long it stays down
 */
record ServerFault(int afterCalls, Server server, Duration downFor) {
    /** The servers of the fast level. */
    enum Server {
        DATABASE,
        REDIS,
        DATA_CENTRE
    }
}
