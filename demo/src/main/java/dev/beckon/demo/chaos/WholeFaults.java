package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.PodProcess.Program;
import dev.beckon.demo.chaos.Sabotage.Kind;
import dev.beckon.demo.environment.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Kills what the plan says when its time has come, one after the other, and has started again what nobody else starts. The
 * next kill does not wait for what the last one hit.
 */
final class WholeFaults {
    private static final Duration LOOK = Duration.ofMillis(100);

    /** Between two kills: else the second may hit nothing but what the first left. */
    private static final Duration APART = Duration.ofSeconds(1);

    /** The longest something to kill is waited for: an operator that is being restarted, a worker that is about to come. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Longer than a lease of the test build and its margin. */
    private static final Duration FROZEN = Duration.ofSeconds(15);

    private static final int LATEST_IN_CALL = 500;
    private static final String OPERATORS = "beckon-system";
    private static final String WORKERS = "default";

    private final WholePlan plan;
    private final Environment environment;
    private final StepJournal journal;
    private final Path forAnybody;
    private final List<Done> done = new CopyOnWriteArrayList<>();
    private final Outages outages = new Outages();
    private volatile boolean over;

    /** @param forAnybody where the test build of the worker looks for what is to happen to it */
    WholeFaults(WholePlan plan, Environment environment, StepJournal journal, Path forAnybody) {
        this.plan = plan;
        this.environment = environment;
        this.journal = journal;
        this.forAnybody = forAnybody;
    }

    /**
     * A kill that happened.
     *
     * @param what for a person
     */
    record Done(WholeFault fault, String what) {}

    /** Until all have happened; with nothing left to do for the workers, what is left happens at once. */
    void happen(BooleanSupplier workersDone) throws InterruptedException {
        for (WholeFault fault : plan.faults()) {
            while (journal.calls() < fault.afterCalls() && !workersDone.getAsBoolean()) {
                Thread.sleep(LOOK);
            }
            kill(fault, workersDone).ifPresent(what -> done.add(new Done(fault, what)));
            Thread.sleep(APART);
        }
        outages.end();
        over = true;
    }

    /** Whether the last kill is past. */
    boolean over() {
        return over;
    }

    List<Done> done() {
        return List.copyOf(done);
    }

    /** Nothing is started any more from here on. */
    void close() {
        outages.close();
    }

    /** Tells what was killed; empty when there was nothing of that kind. */
    private Optional<String> kill(WholeFault fault, BooleanSupplier workersDone) throws InterruptedException {
        return switch (fault.kind()) {
            case WORKER_AT_STEP -> workerAtStep(fault, workersDone);
            case WORKER_PROCESS -> found(Program.WORKER, workersDone, fault, this::process);
            case WORKER_FROZEN -> frozen(fault, workersDone);
            case WORKER_POD -> found(Program.WORKER, workersDone, fault, (it, f) -> pod(it, f, WORKERS));
            case OPERATOR_PROCESS -> found(Program.OPERATOR, () -> false, fault, this::process);
            case OPERATOR_POD -> found(Program.OPERATOR, () -> false, fault, (it, f) -> pod(it, f, OPERATORS));
            case GATEWAY ->
                found(
                        Program.GATEWAY,
                        () -> false,
                        fault,
                        (it, f) -> f.firstWay() ? process(it, f) : pod(it, f, OPERATORS));
            case API_SERVER -> component("kube-apiserver", fault);
            case ETCD -> component("etcd", fault);
            case CONTROLLER_MANAGER -> component("kube-controller-manager", fault);
            case SCHEDULER -> component("kube-scheduler", fault);
            case NODE -> component("node", fault);
            case DATABASE -> server(fault, environment.database()::kill, environment.database()::start);
            case REDIS -> server(fault, environment.redis()::kill, environment.redis()::start);
            case DATA_CENTRE -> server(fault, environment.telegram()::kill, environment.telegram()::start);
        };
    }

    private Optional<String> component(String name, WholeFault fault) throws InterruptedException {
        // A component that is just being started again has no process; nor has a supervisor anything to kill then.
        return within(PATIENCE, () -> false, () -> {
            try {
                environment.cluster().kill(name, fault.delay());
                return Optional.of(name + ", away for " + fault.delay().toMillis() + " ms");
            } catch (IllegalStateException notThere) {
                return Optional.empty();
            }
        });
    }

    private Optional<String> server(WholeFault fault, Runnable kill, Runnable start) throws InterruptedException {
        outages.begin(fault.kind(), fault.delay(), kill, start);
        return Optional.of(fault.kind().words() + ", away for " + fault.delay().toMillis() + " ms");
    }

    /** What is done to one of the processes that were found; empty when it was gone by then. */
    private interface Deed {
        Optional<String> done(List<PodProcess> candidates, WholeFault fault);
    }

    private Optional<String> found(Program program, BooleanSupplier inVain, WholeFault fault, Deed deed)
            throws InterruptedException {
        return within(PATIENCE, inVain, () -> {
            List<PodProcess> candidates = PodProcess.of(environment.cluster().state(), program);
            return candidates.isEmpty() ? Optional.empty() : deed.done(candidates, fault);
        });
    }

    private Optional<List<PodProcess>> first(Program program, BooleanSupplier inVain) throws InterruptedException {
        return within(
                PATIENCE,
                inVain,
                () -> Optional.of(PodProcess.of(environment.cluster().state(), program))
                        .filter(candidates -> !candidates.isEmpty()));
    }

    private Optional<String> process(List<PodProcess> candidates, WholeFault fault) {
        Optional<PodProcess> victim = chosen(candidates, fault);
        victim.ifPresent(PodProcess::kill);
        return victim.map(it -> "process of " + it.pod());
    }

    /** With a lease, the timer in the kernel that guards it must end it before it is woken. Without one it goes on then. */
    private Optional<String> frozen(WholeFault fault, BooleanSupplier workersDone) throws InterruptedException {
        Optional<PodProcess> victim = first(Program.WORKER, workersDone)
                .flatMap(candidates -> chosen(candidates, fault))
                .filter(PodProcess::freeze);
        if (victim.isPresent()) {
            outages.begin(fault.kind(), FROZEN, () -> {}, victim.get()::wake);
        }
        return victim.map(it -> "process of " + it.pod() + " frozen for " + FROZEN.toSeconds() + " s");
    }

    private Optional<String> pod(List<PodProcess> candidates, WholeFault fault, String namespace) {
        String pod = candidates.get(fault.pick() / 2 % candidates.size()).pod();
        List<String> command = new ArrayList<>(List.of("delete", "pod", pod, "-n", namespace, "--wait=false"));
        if (fault.firstWay()) {
            command.addAll(List.of("--grace-period=0", "--force"));
        }
        return environment
                .cluster()
                .ask(command.toArray(String[]::new))
                .map(deleted -> "pod " + pod + (fault.firstWay() ? ", at once" : ", with its grace period"));
    }

    /** Of operators the leader, or one that is not; of the others any. */
    private Optional<PodProcess> chosen(List<PodProcess> candidates, WholeFault fault) {
        if (candidates.getFirst().program() != Program.OPERATOR) {
            return Optional.of(candidates.get(fault.pick() % candidates.size()));
        }
        return environment
                .cluster()
                .ask("get", "lease", "beckon-operator", "-n", OPERATORS, "-o", "jsonpath={.spec.holderIdentity}")
                .map(holder -> holder.split("/", 2)[0])
                .flatMap(leader -> candidates.stream()
                        .filter(it -> it.pod().equals(leader) == fault.firstWay())
                        .findFirst());
    }

    private Optional<String> workerAtStep(WholeFault fault, BooleanSupplier workersDone) throws InterruptedException {
        List<String> steps = FaultPlan.BUSY;
        String step = steps.get(fault.pick() % steps.size());
        Duration delay = step.equals("in-call") ? Duration.ofMillis(fault.pick() % LATEST_IN_CALL) : Duration.ZERO;
        Sabotage sabotage = new Sabotage(step, 1, Kind.KILL, delay);
        int before = journal.firedSteps().size();
        write(sabotage);
        try {
            return within(
                    PATIENCE,
                    workersDone,
                    () -> journal.firedSteps().size() > before
                            ? Optional.of("worker, " + sabotage.words())
                            : Optional.empty());
        } finally {
            forget();
        }
    }

    /** The journal tells that a worker's sabotage happened: it is for one worker only. */
    void forget() {
        try {
            Files.deleteIfExists(forAnybody);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Sabotage sabotage) {
        try {
            Path fresh = forAnybody.resolveSibling(forAnybody.getFileName() + ".new");
            Files.writeString(fresh, sabotage.encoded());
            Files.move(fresh, forAnybody, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> Optional<T> within(Duration patience, BooleanSupplier inVain, Supplier<Optional<T>> attempt)
            throws InterruptedException {
        Instant end = Instant.now().plus(patience);
        Optional<T> result = attempt.get();
        while (result.isEmpty() && Instant.now().isBefore(end) && !inVain.getAsBoolean()) {
            Thread.sleep(LOOK);
            result = attempt.get();
        }
        return result;
    }
}
