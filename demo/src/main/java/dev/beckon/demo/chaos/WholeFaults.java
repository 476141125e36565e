package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.PodProcess.Program;
import dev.beckon.demo.environment.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * Kills what the plan says when its time has come, one after the other, and has started again what nobody else starts. The
 * next kill does not wait for what the last one hit.
 */
final class WholeFaults {
    /** Between two kills: else the second may hit nothing but what the first left. */
    private static final Duration APART = Duration.ofSeconds(1);

    /** Longer than a lease of the test build and its margin. */
    private static final Duration FROZEN = Duration.ofSeconds(15);

    private static final String OPERATORS = "beckon-system";
    private static final String WORKERS = "default";

    private final WholePlan plan;
    private final Environment environment;
    private final StepJournal journal;
    private final WorkerAmbush ambush;
    private final List<Done> done = new CopyOnWriteArrayList<>();
    private final Outages outages = new Outages();
    private volatile boolean over;

    WholeFaults(WholePlan plan, Environment environment, StepJournal journal, WorkerAmbush ambush) {
        this.plan = plan;
        this.environment = environment;
        this.journal = journal;
        this.ambush = ambush;
    }

    /**
     * A kill that happened.
     *
     * @param what for a person
     */
    record Done(WholeFault fault, String what) {}

    /** Until all have happened; with nothing left to do for the workers, what is left happens at once. */
    void happen(WorkLeft left) throws InterruptedException {
        for (WholeFault fault : plan.faults()) {
            while (journal.calls() < fault.afterCalls() && !left.none()) {
                Thread.sleep(Patience.LOOK);
            }
            kill(fault, left).ifPresent(what -> done.add(new Done(fault, what)));
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
    private Optional<String> kill(WholeFault fault, WorkLeft left) throws InterruptedException {
        return switch (fault.kind()) {
            case WORKER_AT_STEP -> ambush.happen(fault, left);
            case WORKER_PROCESS -> found(Program.WORKER, left::none, fault, this::process);
            case WORKER_FROZEN -> frozen(fault, left);
            case WORKER_POD -> found(Program.WORKER, left::none, fault, (it, f) -> pod(it, f, WORKERS));
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
        return Patience.until(() -> false, () -> {
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
        return Patience.until(inVain, () -> {
            List<PodProcess> candidates = PodProcess.of(environment.cluster().state(), program);
            return candidates.isEmpty() ? Optional.empty() : deed.done(candidates, fault);
        });
    }

    private Optional<List<PodProcess>> first(Program program, BooleanSupplier inVain) throws InterruptedException {
        return Patience.until(
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
    private Optional<String> frozen(WholeFault fault, WorkLeft left) throws InterruptedException {
        Optional<PodProcess> victim = first(Program.WORKER, left::none)
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
}
