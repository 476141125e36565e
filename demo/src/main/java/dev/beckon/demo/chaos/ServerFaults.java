package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.ServerFault.Server;
import dev.beckon.demo.environment.Servers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Kills servers when their time has come, and starts them again. */
final class ServerFaults {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final List<ServerFault> plan;
    private final Servers servers;
    private final StepJournal journal;
    private final AtomicInteger done = new AtomicInteger();

    ServerFaults(List<ServerFault> plan, Servers servers, StepJournal journal) {
        this.plan = plan;
        this.servers = servers;
        this.journal = journal;
    }

    /** Until all have happened or the workers are done. */
    void happen(BooleanSupplier workersDone) throws InterruptedException {
        for (ServerFault fault : plan) {
            while (journal.calls() < fault.afterCalls()) {
                if (workersDone.getAsBoolean()) {
                    return;
                }
                Thread.sleep(LOOK);
            }
            kill(fault.server());
            Thread.sleep(fault.downFor());
            start(fault.server());
            done.incrementAndGet();
        }
    }

    int done() {
        return done.get();
    }

    private void kill(Server server) {
        switch (server) {
            case DATABASE -> servers.database().kill();
            case REDIS -> servers.redis().kill();
            case DATA_CENTRE -> servers.telegram().kill();
        }
    }

    private void start(Server server) {
        switch (server) {
            case DATABASE -> servers.database().start();
            case REDIS -> servers.redis().start();
            case DATA_CENTRE -> servers.telegram().start();
        }
    }
}
