package dev.beckon.demo.chaos.testbuild;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** Signals of Linux to this very process, sent between two of its instructions: exactly here, and as hard as from outside. */
final class Signal {
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;
    private static final int SIGSTOP = 19;

    @SuppressWarnings("restricted")
    private static final MethodHandle KILL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    private Signal() {}

    static void kill() {
        send(SIGKILL);
    }

    static void terminate() {
        send(SIGTERM);
    }

    /** Returns when somebody sent SIGCONT. */
    static void stop() {
        send(SIGSTOP);
    }

    private static void send(int signal) {
        try {
            int result = (int) KILL.invokeExact((int) ProcessHandle.current().pid(), signal);
            if (result != 0) {
                throw new IllegalStateException("kill(2) failed");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("kill(2) can't be called", e);
        }
    }
}
