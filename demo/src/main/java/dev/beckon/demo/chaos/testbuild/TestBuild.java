package dev.beckon.demo.chaos.testbuild;

import static net.bytebuddy.matcher.ElementMatchers.isTypeInitializer;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.beckon.demo.chaos.Protection;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Arrays;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.MethodDelegation;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.JavaModule;

/**
 * The agent. Its arguments are words with a comma between: {@code hurry} shortens the waits that guard against delays no
 * loopback has, and a protection's label takes that protection out.
 */
public final class TestBuild {
    /** The word that shortens the waits. */
    public static final String HURRY = "hurry";

    private static final int BROKEN = 99;

    private AgentBuilder agent = new AgentBuilder.Default().with(new Loud());

    private TestBuild() {}

    /** Called by the JVM before {@code main}. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        TestBuild build = new TestBuild();
        Arrays.stream(arguments.split(",")).filter(word -> !word.isEmpty()).forEach(build::apply);
        build.agent.installOn(instrumentation);
    }

    private void apply(String word) {
        if (word.equals(HURRY)) {
            hurry();
            return;
        }
        Protection protection = Arrays.stream(Protection.values())
                .filter(p -> p.label().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no protection '" + word + "'"));
        switch (protection) {
            case INTENT -> {
                replace("dev.beckon.ledger.invite.Intents", "open", 3, WithoutIntent.class);
                replace("dev.beckon.ledger.invite.Intents", "settle", 3, WithoutIntent.class);
            }
            case SETTLEMENT -> {
                replace("dev.beckon.worker.invite.Evidence", "invite", 6, WithoutSettlement.class);
                replace("dev.beckon.worker.invite.Evidence", "message", 3, WithoutSettlement.class);
            }
            case LEASE -> {
                replace("dev.beckon.ledger.accounts.Leases", "acquire", 4, WithoutLease.class);
                replace("dev.beckon.ledger.accounts.Leases", "isHeldBy", 2, WithoutLease.class);
                replace("dev.beckon.worker.lease.KernelWatchdog", "arm", 1, WithoutLease.class);
            }
            case SUPPRESSION -> replace("dev.beckon.ledger.invite.Suppressions", "covers", 3, WithoutSuppression.class);
            case FREQUENCY_CAP ->
                replace("dev.beckon.ledger.invite.FrequencyCap", "nextAllowed", 2, WithoutFrequencyCap.class);
        }
    }

    private void hurry() {
        replace("dev.beckon.worker.Workshop", "leaseTerm", 0, Hurry.class);
        replace("dev.beckon.ledger.LedgerConfig", "leaseMargin", 0, Hurry.class);
        constant("dev.beckon.worker.invite.OpenIntents", Hurry.Bytes.class);
        constant("dev.beckon.worker.session.LiveSession", Hurry.Calls.class);
    }

    private void replace(String type, String method, int parameters, Class<?> with) {
        agent = agent.type(named(type)).transform((builder, description, loader, module, domain) -> {
            require(description, method, parameters);
            // Described, not loaded: loading it would load the very class that is being rewritten.
            TypeDescription replacement =
                    TypePool.Default.of(loader).describe(with.getName()).resolve();
            return builder.method(named(method).and(takesArguments(parameters)))
                    .intercept(MethodDelegation.withDefaultConfiguration()
                            .filter(named(method))
                            .to(replacement));
        });
    }

    private void constant(String type, Class<?> advice) {
        agent = agent.type(named(type)).transform(new AgentBuilder.Transformer() {
            @Override
            public DynamicType.Builder<?> transform(
                    DynamicType.Builder<?> builder,
                    TypeDescription description,
                    ClassLoader loader,
                    JavaModule module,
                    ProtectionDomain domain) {
                return builder.visit(Advice.to(advice).on(isTypeInitializer()));
            }
        });
    }

    /** A protection that was renamed must not be thought taken out. */
    private static void require(TypeDescription type, String method, int parameters) {
        if (type.getDeclaredMethods()
                .filter(named(method).and(takesArguments(parameters)))
                .isEmpty()) {
            throw new IllegalStateException(type.getName() + " has no method " + method + " with " + parameters
                    + " parameters any more: adapt the test build");
        }
    }

    /** A class that can't be rewritten ends the process: a run with it would prove nothing. */
    private static final class Loud extends AgentBuilder.Listener.Adapter {
        @Override
        public void onError(String type, ClassLoader loader, JavaModule module, boolean loaded, Throwable failure) {
            System.err.println("The test build can't rewrite " + type + ": " + failure);
            Runtime.getRuntime().halt(BROKEN);
        }
    }
}
