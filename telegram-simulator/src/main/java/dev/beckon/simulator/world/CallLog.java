package dev.beckon.simulator.world;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest calls of all sessions, answered or refused; only in memory, so a world that goes on has none of before. */
final class CallLog {
    private static final int REMEMBERED = 10_000;

    private final Deque<Truth.Called> latest = new ArrayDeque<>();

    void add(Instant at, Method method, Caller caller) {
        latest.add(new Truth.Called(at, method, caller.userId()));
        if (latest.size() > REMEMBERED) {
            latest.remove();
        }
    }

    List<Truth.Called> since(Instant since) {
        return latest.stream().filter(call -> !call.at().isBefore(since)).toList();
    }
}
