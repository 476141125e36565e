package dev.beckon.demo.chaos.testbuild;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.instrument.Instrumentation;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.JavaModule;

/**
 * The agent. Its arguments are words with a comma between: {@code hurry} shortens the waits that guard against delays no
 * loopback has, and a protection's label takes that protection out.
 */
public final class TestBuild {
    /** The word that shortens the waits. */
    public static final String HURRY = "hurry";

    /** The exit code of a process that could not be rewritten: a run with it would prove nothing. No worker has it. */
    public static final int BROKEN = 99;

    private TestBuild() {}

    /** Called by the JVM before {@code main}. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        try {
            install(arguments, instrumentation);
        } catch (RuntimeException e) {
            broken(e.getMessage());
        }
    }

    private static void install(String arguments, Instrumentation instrumentation) {
        List<Rewrite> rewrites = Arrays.stream(arguments.split(","))
                .filter(word -> !word.isEmpty())
                .flatMap(word -> Rewrites.of(word).stream())
                .toList();
        // Asked now, not as each class loads: one that was renamed never does.
        TypePool types = TypePool.Default.ofSystemLoader();
        rewrites.forEach(rewrite -> rewrite.require(types));
        AgentBuilder agent = new AgentBuilder.Default().with(new Loud());
        for (Rewrite rewrite : rewrites) {
            agent = agent.type(named(rewrite.type()))
                    .transform((builder, _, loader, _, _) -> rewrite.in(builder, TypePool.Default.of(loader)));
        }
        agent.installOn(instrumentation);
    }

    private static void broken(String why) {
        System.err.println("The test build is broken: " + why);
        Runtime.getRuntime().halt(BROKEN);
    }

    /** A class that can't be rewritten ends the process. */
    private static final class Loud extends AgentBuilder.Listener.Adapter {
        @Override
        public void onError(String type, ClassLoader loader, JavaModule module, boolean loaded, Throwable failure) {
            broken(type + " can't be rewritten: " + failure);
        }
    }
}
