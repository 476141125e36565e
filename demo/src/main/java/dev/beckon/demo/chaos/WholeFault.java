package dev.beckon.demo.chaos;

import java.time.Duration;

/**
 * Something that is killed at the whole level.
 *
 * @param afterCalls when: once this many calls to Telegram were begun by all workers together
 * @param pick chooses among several of a kind: any number
 * @param delay how long a server stays away
 */
record WholeFault(int afterCalls, Kind kind, int pick, Duration delay) {
    /** What is killed, and how. */
    enum Kind {
        WORKER_AT_STEP("worker, by itself at a named step"),
        WORKER_PROCESS("worker, its process"),
        WORKER_FROZEN("worker, its process frozen as by a paused machine"),
        WORKER_POD("worker, its pod through the API"),
        OPERATOR_PROCESS("operator, the leader's process or the other's"),
        OPERATOR_POD("operator, a pod through the API"),
        GATEWAY("gateway, its process or its pod through the API"),
        API_SERVER("kube-apiserver"),
        ETCD("etcd"),
        CONTROLLER_MANAGER("kube-controller-manager"),
        SCHEDULER("kube-scheduler"),
        NODE("node, with every pod"),
        DATABASE("database"),
        REDIS("Redis"),
        DATA_CENTRE("Telegram's data centre");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For a person. */
        String words() {
            return words;
        }
    }

    /** Half of a kind is done one way, half the other: the leader or any replica, at once or with a grace period. */
    boolean firstWay() {
        return pick % 2 == 0;
    }
}
