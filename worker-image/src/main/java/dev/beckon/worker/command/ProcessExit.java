package dev.beckon.worker.command;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * The end of a process whose TDLib may be at work: {@code _exit(2)}, which runs nothing any more. {@link Runtime#halt} is not
 * enough there: it runs the exit handlers of native libraries, TDLib's among them, and TDLib aborts the process (code 134) when
 * its own threads still use what those destroy. The run's exit code would be lost, now and then.
 */
@SuppressWarnings("restricted") // a call of libc; its signature is written down below
final class ProcessExit {
    private static final MethodHandle EXIT = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("_exit"), FunctionDescriptor.ofVoid(JAVA_INT));

    private ProcessExit() {}

    /** Ends this process with that code before anything else of it runs; does not return. */
    static void now(int code) {
        try {
            EXIT.invokeExact(code);
        } catch (Throwable e) {
            // The process must end, with whatever code.
            Runtime.getRuntime().halt(code);
        }
    }
}
