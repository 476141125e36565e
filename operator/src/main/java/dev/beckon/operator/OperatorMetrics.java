package dev.beckon.operator;

import dev.beckon.operator.worker.RunEnd;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The operator's own metrics; {@code docs/metrics.md} lists them. None names a person, a campaign or an account. */
@ApplicationScoped
public class OperatorMetrics {
    /** As a Job's label {@code beckon.dev/task} has them. */
    private static final List<String> TASKS = List.of("invite", "parse", "publish", "login", "check", "logout");

    private final MeterRegistry registry;
    private final Timer ledgerReads;
    private final Counter ledgerReadSubjects;
    private final Counter ledgerReadFailures;
    private final Counter hints;
    private final AtomicInteger ledgerUp = new AtomicInteger(1);
    private final AtomicInteger hintsUp = new AtomicInteger();
    private final AtomicInteger hintsConfigured = new AtomicInteger();
    private final AtomicInteger leading = new AtomicInteger();

    public OperatorMetrics(MeterRegistry registry) {
        this.registry = registry;
        ledgerReads = Timer.builder("beckon.ledger.reads")
                .description("Reads of reports, many campaigns and accounts each")
                .register(registry);
        ledgerReadSubjects = counter("beckon.ledger.read.subjects", "Campaigns and accounts whose reports were read");
        ledgerReadFailures = counter("beckon.ledger.read.failures", "Reads the ledger did not answer");
        hints = counter("beckon.hints", "Hints of workers received over Redis");
        Gauge.builder("beckon.ledger.up", ledgerUp::get)
                .description("1 while the ledger answers")
                .register(registry);
        Gauge.builder("beckon.hints.up", hintsUp::get)
                .description("1 while hints can arrive over Redis")
                .register(registry);
        Gauge.builder("beckon.hints.configured", hintsConfigured::get)
                .description("1 where Redis is named in the settings")
                .register(registry);
        Gauge.builder("beckon.leading", leading::get)
                .description("1 at the replica that acts")
                .register(registry);
        for (Kind kind : Kind.values()) {
            statusWrites(kind);
            statusWritesPutOff(kind);
        }
        // Of a line that begins with 1 Prometheus does not know that it was 0 before.
        for (String task : TASKS) {
            jobsStarted(task);
            for (RunEnd end : RunEnd.values()) {
                runsEnded(task, end);
            }
        }
        childrenRefused();
    }

    /** Kinds of resources, as a label. */
    public enum Kind {
        AutopostSchedule,
        InviteCampaign,
        ParserJob,
        TelegramAccount
    }

    /** @param subjects of how many resources the one read told */
    public void ledgerRead(Duration took, int subjects) {
        ledgerUp.set(1);
        ledgerReads.record(took);
        ledgerReadSubjects.increment(subjects);
    }

    public void ledgerReadFailed() {
        ledgerUp.set(0);
        ledgerReadFailures.increment();
    }

    public void hintReceived() {
        hints.increment();
    }

    /** Whether Redis, over which hints come, is connected. */
    public void hintsConnected(boolean connected) {
        hintsUp.set(connected ? 1 : 0);
    }

    /** Whether there is a Redis to connect to. */
    public void hintsConfigured(boolean configured) {
        hintsConfigured.set(configured ? 1 : 0);
    }

    /** This replica acts from now on, until its process ends. */
    public void leads() {
        leading.set(1);
    }

    /** A status was sent to the API server. */
    public void statusWritten(Kind kind) {
        statusWrites(kind).increment();
    }

    /** A progress write that comes later, because the last one was a moment ago. */
    public void statusPutOff(Kind kind) {
        statusWritesPutOff(kind).increment();
    }

    /** @param task as the Job's label {@code beckon.dev/task} has it */
    public void jobStarted(String task) {
        jobsStarted(task).increment();
    }

    public void childRefused() {
        childrenRefused().increment();
    }

    /** How many worker Jobs have not ended. */
    public void jobsActive(Supplier<Number> count) {
        Gauge.builder("beckon.worker.jobs.active", count)
                .description("Worker Jobs that have not ended")
                .register(registry);
    }

    /** How many pods of workers Kubernetes can't start. */
    public void podsInTrouble(Supplier<Number> count) {
        Gauge.builder("beckon.worker.pods.stuck", count)
                .description("Pods of workers that do not start")
                .register(registry);
    }

    /** Whether Jobs and pods of workers are watched. */
    public void watching(Supplier<Boolean> watching) {
        Gauge.builder("beckon.workers.watched", () -> watching.get() ? 1 : 0)
                .description("1 while what becomes of worker Jobs and pods is heard")
                .register(registry);
    }

    /** @param task as {@link #jobStarted} has it */
    public void runEnded(String task, RunEnd end) {
        runsEnded(task, end).increment();
    }

    private Counter runsEnded(String task, RunEnd end) {
        return Counter.builder("beckon.worker.runs.ended")
                .description("Runs of workers by how they ended")
                .tag("task", task)
                .tag("ending", end.name())
                .register(registry);
    }

    private Counter statusWrites(Kind kind) {
        return Counter.builder("beckon.status.writes")
                .description("Writes of a status")
                .tag("kind", kind.name())
                .register(registry);
    }

    private Counter statusWritesPutOff(Kind kind) {
        return Counter.builder("beckon.status.writes.put.off")
                .description("Progress writes put off, so that a resource is written at most once per period")
                .tag("kind", kind.name())
                .register(registry);
    }

    private Counter jobsStarted(String task) {
        return Counter.builder("beckon.worker.jobs.started")
                .description("Worker Jobs created")
                .tag("task", task)
                .register(registry);
    }

    private Counter childrenRefused() {
        return counter("beckon.children.refused", "Objects of a child's name that somebody else made");
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
