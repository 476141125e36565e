package dev.beckon.worker.lease;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * A POSIX timer of the Linux kernel that sends this process SIGKILL: it fires also while the JVM is stopped (SIGSTOP), in
 * a long pause or starved, which no thread of the process could promise. See {@code timer_create(2)}.
 */
@SuppressWarnings("restricted") // calls of libc; its signatures are written down below
public final class KernelWatchdog implements Watchdog {
    private static final int CLOCK_BOOTTIME = 7;
    private static final int SIGEV_SIGNAL = 0;
    private static final int SIGKILL = 9;
    private static final int TIMER_ABSTIME = 1;
    private static final long NANOS = 1_000_000_000L;

    /** {@code struct sigevent} of Linux: sigval (8), signo (4), notify (4), padding to 64 bytes. */
    private static final long SIGEVENT_SIZE = 64;

    private static final long SIGEVENT_SIGNO = 8;
    private static final long SIGEVENT_NOTIFY = 12;

    /** {@code struct itimerspec}: interval and value, each seconds and nanoseconds. */
    private static final long ITIMERSPEC_SIZE = 32;

    private static final long ITIMERSPEC_VALUE = 16;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle TIMER_CREATE =
            function("timer_create", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle TIMER_SETTIME =
            function("timer_settime", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle TIMER_DELETE = function("timer_delete", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle CLOCK_GETTIME =
            function("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

    private final MemorySegment timer;
    private boolean closed;

    /**
     * Creates the timer, not armed yet.
     *
     * @throws UnsupportedOperationException in the first process of a PID namespace: the kernel drops every signal that such
     *     a process sends itself or its timers send it, SIGKILL included ({@code pid_namespaces(7)})
     */
    public KernelWatchdog() {
        if (ProcessHandle.current().pid() == 1) {
            throw new UnsupportedOperationException(
                    "This worker is process 1 of its container, which its own timer can't"
                            + " kill: set shareProcessNamespace: true in the pod, or start it under an init process");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(SIGEVENT_SIZE, 8);
            event.set(JAVA_INT, SIGEVENT_SIGNO, SIGKILL);
            event.set(JAVA_INT, SIGEVENT_NOTIFY, SIGEV_SIGNAL);
            MemorySegment id = arena.allocate(ADDRESS);
            check("timer_create", () -> (int) TIMER_CREATE.invokeExact(CLOCK_BOOTTIME, event, id));
            timer = id.get(ADDRESS, 0);
        }
    }

    @Override
    public long now() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(16, 8);
            check("clock_gettime", () -> (int) CLOCK_GETTIME.invokeExact(CLOCK_BOOTTIME, time));
            return time.get(JAVA_LONG, 0) * NANOS + time.get(JAVA_LONG, 8);
        }
    }

    @Override
    public synchronized void arm(long deadline) {
        if (closed) {
            throw new IllegalStateException("The watchdog is closed");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment spec = arena.allocate(ITIMERSPEC_SIZE, 8);
            spec.set(JAVA_LONG, ITIMERSPEC_VALUE, deadline / NANOS);
            spec.set(JAVA_LONG, ITIMERSPEC_VALUE + 8, deadline % NANOS);
            check("timer_settime", () ->
                    (int) TIMER_SETTIME.invokeExact(timer, TIMER_ABSTIME, spec, MemorySegment.NULL));
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            check("timer_delete", () -> (int) TIMER_DELETE.invokeExact(timer));
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        // In libc since glibc 2.34, in librt before.
        MemorySegment address = LINKER.defaultLookup()
                .find(name)
                .or(() ->
                        SymbolLookup.libraryLookup("librt.so.1", Arena.global()).find(name))
                .orElseThrow(() -> new UnsupportedOperationException("This system has no " + name
                        + ": a worker needs Linux, whose kernel must end it when it can't renew its lease"));
        return LINKER.downcallHandle(address, type);
    }

    private interface Call {
        int run() throws Throwable;
    }

    private static void check(String name, Call call) {
        int result;
        try {
            result = call.run();
        } catch (Throwable e) {
            throw new IllegalStateException(name + " could not be called", e);
        }
        if (result != 0) {
            throw new IllegalStateException(name + " failed: no process works with an account unwatched");
        }
    }
}
