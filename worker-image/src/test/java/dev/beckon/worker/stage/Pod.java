package dev.beckon.worker.stage;

import dev.beckon.ledger.Ledger;
import dev.beckon.simulator.world.World;
import dev.beckon.telegram.SessionOptions;
import dev.beckon.telegram.TelegramEngine;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.worker.ClockCheck;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.StopSignal;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.lease.Watchdog;
import dev.beckon.worker.settings.Environment;
import dev.beckon.worker.settings.MountedFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A worker process as a thread. Killed, it does what a killed process does: it executes no further instruction (its thread
 * rests for ever), its connections are closed, its lease is renewed by nobody, and nothing of it is cleaned up.
 */
public final class Pod implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The process was killed before its run ended. */
    public static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Killed(KillPoint step) {
            this(step.label());
        }

        Killed(String step) {
            super("killed at " + step);
        }
    }

    private final StopSignal stop = new StopSignal();
    private final List<TelegramSession> sessions = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Ending> end = new CompletableFuture<>();
    private final Path root;
    private final String pod;
    private final Ledger ledger;
    private final TelegramEngine engine;
    private final World world;
    private final Duration leaseTerm;
    private final InstantSource clock;
    private final Map<String, String> environment = new HashMap<>();
    private volatile boolean dead;
    private volatile Thread thread;
    private Consumer<Duration> rest;
    private UnaryOperator<TelegramSession> wiretap = session -> session;
    private Consumer<KillPoint> trap = step -> {};

    Pod(
            Path root,
            String pod,
            Ledger ledger,
            TelegramEngine engine,
            World world,
            Duration leaseTerm,
            InstantSource clock) {
        this.root = root;
        this.pod = pod;
        this.ledger = ledger;
        this.engine = engine;
        this.world = world;
        this.leaseTerm = leaseTerm;
        this.clock = clock;
        environment.put("POD_NAME", pod);
        environment.put("POD_UID", root.toString());
        environment.put("BECKON_ROOT", root.toString());
        this.rest = world::advanceClock;
    }

    /** A watchdog that only tells the dead from the living. */
    private final class Awake implements Watchdog {
        @Override
        public long now() {
            if (dead) {
                // The keeper's thread ends by this, and whoever awaits something in a later test must not hear of it.
                Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
                throw new IllegalStateException("the dead don't renew");
            }
            return System.nanoTime();
        }

        @Override
        public void arm(long deadline) {}

        @Override
        public void close() {}
    }

    /** Writes a mounted file. */
    public Pod mount(String path, String text) {
        Mounts.write(root, path, text);
        return this;
    }

    /** Sets a variable of the pod's environment, as whoever may edit its manifest does. */
    public Pod environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Takes another pod's name and uid. */
    public Pod disguisedAs(Pod other) {
        return environment("POD_NAME", other.environment.get("POD_NAME"))
                .environment("POD_UID", other.environment.get("POD_UID"));
    }

    public Path root() {
        return root;
    }

    /** What happens when the worker rests, besides time passing. */
    public Pod resting(Consumer<Duration> then) {
        rest = duration -> {
            world.advanceClock(duration);
            then.accept(duration);
        };
        return this;
    }

    /** Puts something between worker and engine. */
    public Pod wiretapped(UnaryOperator<TelegramSession> tap) {
        wiretap = tap;
        return this;
    }

    /** Whoever opens a session fails: for runs that must say nothing to Telegram. */
    public Pod withoutTelegram() {
        return wiretapped(_ -> {
            throw new AssertionError("a session was opened");
        });
    }

    public StopSignal stop() {
        return stop;
    }

    /** Will be killed as it is about to make a call to Telegram for the n-th time. */
    public Pod killedAtCall(String call, int nth) {
        AtomicInteger made = new AtomicInteger();
        return wiretapped(Wiretap.on((name, _) -> {
            if (name.equals(call) && made.incrementAndGet() == nth) {
                die("the call " + call);
            }
        }));
    }

    /** Whether it waits for something within: another of its threads. */
    public boolean isWaiting() {
        return thread.getState() == Thread.State.WAITING;
    }

    /** Will be killed when it comes to the step for the n-th time. */
    public Pod killedAt(KillPoint step, int nth) {
        return meeting(step, nth, () -> die(step.label()));
    }

    /** Something happens when it comes to the step for the n-th time, after what was to happen there before. */
    public Pod meeting(KillPoint step, int nth, Runnable event) {
        AtomicInteger passed = new AtomicInteger();
        Consumer<KillPoint> before = trap;
        trap = at -> {
            before.accept(at);
            // The trap is this JVM's: another pod that passes it is not meant.
            if (Thread.currentThread() == thread && at == step && passed.incrementAndGet() == nth) {
                event.run();
            }
        };
        ScriptedTrap.set(trap);
        return this;
    }

    private void die(String step) {
        dead = true;
        ScriptedTrap.set(at -> {});
        // What the operating system does for the dead.
        sessions.forEach(TelegramSession::close);
        ledger.close();
        end.completeExceptionally(new Killed(step));
        while (true) {
            LockSupport.park();
        }
    }

    /**
     * Runs the program to its end.
     *
     * @throws Killed when it was killed before
     */
    public Ending run(Function<Workshop, Ending> program) {
        start(program);
        return await();
    }

    public Pod start(Function<Workshop, Ending> program) {
        thread = Thread.ofPlatform().daemon().name(pod).unstarted(() -> {
            try {
                end.complete(program.apply(workshop()));
            } catch (Ending.Now e) {
                end.complete(e.ending());
            } catch (RuntimeException | Error e) {
                end.completeExceptionally(e);
            }
        });
        thread.start();
        return this;
    }

    public Ending await() {
        try {
            return end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case TimeoutException _ -> throw new AssertionError("the worker did not end");
                case RuntimeException cause -> throw cause;
                default -> throw e;
            }
        }
    }

    private Workshop workshop() {
        if (clock != world.clock()) {
            // As the command does it: the world's clock is the database's.
            ClockCheck.require(Duration.between(world.clock().instant(), clock.instant()), clock.instant());
        }
        Environment variables = new Environment(Map.copyOf(environment));
        return new Workshop(
                variables,
                new MountedFiles(variables.root()),
                ledger,
                this::open,
                clock,
                new Random(1),
                stop,
                duration -> rest.accept(duration),
                new Awake(),
                leaseTerm,
                () -> dead = true);
    }

    private TelegramSession open(SessionOptions options) {
        TelegramSession session = engine.open(options);
        sessions.add(session);
        return wiretap.apply(session);
    }

    @Override
    public void close() {
        dead = true;
        sessions.forEach(TelegramSession::close);
        ledger.close();
    }
}
