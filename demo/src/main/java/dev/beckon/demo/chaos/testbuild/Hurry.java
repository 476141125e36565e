package dev.beckon.demo.chaos.testbuild;

import java.time.Duration;
import net.bytebuddy.asm.Advice;

/**
 * Shorter waits. The product's guard against delays of networks and of clocks; on one machine seconds do, as long as every
 * one of them stays longer than the delays the scenario itself makes.
 */
public final class Hurry {
    static final String BYTES_MAY_ARRIVE = "BYTES_MAY_ARRIVE";
    static final String CALL_TIMEOUT = "CALL_TIMEOUT";

    private static final Duration LEASE_TERM = Duration.ofSeconds(7);
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(2);

    private Hurry() {}

    /** For the worker's lease term. */
    public static Duration leaseTerm() {
        return LEASE_TERM;
    }

    /** For the ledger's margin after it. */
    public static Duration leaseMargin() {
        return LEASE_MARGIN;
    }

    /** For the time in which a dead process's bytes may still arrive; Telegram's latest effect comes after 3 s here. */
    public static final class Bytes {
        private Bytes() {}

        // Inlined into the class, where assigning the parameter assigns the field.
        @SuppressWarnings("UnusedVariable")
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue(value = BYTES_MAY_ARRIVE, readOnly = false) Duration wait) {
            wait = Duration.ofSeconds(10);
        }
    }

    /** For the longest a call may take. */
    public static final class Calls {
        private Calls() {}

        // Inlined into the class, where assigning the parameter assigns the field.
        @SuppressWarnings("UnusedVariable")
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue(value = CALL_TIMEOUT, readOnly = false) Duration timeout) {
            timeout = Duration.ofSeconds(7);
        }
    }
}
