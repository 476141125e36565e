package dev.beckon.worker.stage;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.beckon.worker.KillPoint;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What tests do at kill points. A test in this JVM sets a hook; a worker process of its own is told by
 * {@code BECKON_KILL_AT=<step>[:<n>]} to kill itself (SIGKILL) when it comes to the step for the n-th time.
 */
@SuppressWarnings("restricted") // a call of libc; its signature is written down below
public final class ScriptedTrap implements KillPoint.Trap {
    private static final int SIGKILL = 9;
    private static final MethodHandle KILL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final String SCRIPT =
            Optional.ofNullable(System.getenv("BECKON_KILL_AT")).orElse("");
    private static final AtomicInteger PASSED = new AtomicInteger();

    private static volatile Consumer<KillPoint> hook = step -> {};

    /** From now on this is called at each step of any worker in this JVM. */
    public static void set(Consumer<KillPoint> hook) {
        ScriptedTrap.hook = hook;
    }

    @Override
    public void at(KillPoint step) {
        String[] script = SCRIPT.split(":", 2);
        if (step.label().equals(script[0])) {
            int nth = script.length == 2 ? Integer.parseInt(script[1]) : 1;
            if (PASSED.incrementAndGet() == nth) {
                die(step);
            }
        }
        hook.accept(step);
    }

    private static void die(KillPoint step) {
        if (step != KillPoint.IN_CALL) {
            kill();
        }
        // The call goes on in the worker's thread: the process ends while it is on its way.
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.sleep(Long.parseLong(Optional.ofNullable(System.getenv("BECKON_KILL_DELAY_MS"))
                        .orElse("5")));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            kill();
        });
    }

    /** No {@code halt}: it runs the exit handlers of native libraries, and TDLib at work aborts in them. */
    private static void kill() {
        try {
            throw new AssertionError("SIGKILL was refused: "
                    + (int) KILL.invokeExact((int) ProcessHandle.current().pid(), SIGKILL));
        } catch (Throwable e) {
            throw new AssertionError("This process can't kill itself", e);
        }
    }
}
