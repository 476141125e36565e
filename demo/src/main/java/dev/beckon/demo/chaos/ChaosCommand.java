package dev.beckon.demo.chaos;

import dev.beckon.demo.environment.StateLock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code make chaos} and {@code make chaos-proof}. */
@Command(
        name = "chaos",
        description = "Kill workers at every named step, and everything at random, while campaigns run; judge by what"
                + " Telegram saw.",
        mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {
    /** Each level, and each run of the fast one, has a folder of its own in it. */
    static final Path STATE = Path.of(".build/chaos");

    private static final int FAST_KILLS = 100;
    private static final int WHOLE_KILLS = 100;

    /** What takes part. */
    enum Level {
        fast,
        whole
    }

    @Option(names = "--seed", description = "Everything is drawn from it; printed, so that a run can be made again.")
    private Long seed;

    @Option(
            names = "--level",
            description =
                    "fast: real workers and servers, the operator is played. whole: Kubernetes and the operator as"
                            + " well. Both, one after the other, by default.")
    private Level level;

    @Option(
            names = "--kills",
            description =
                    "Kills at random, 100 by default: at the fast level on top of each named step, at the whole level of"
                            + " everything.")
    private Integer kills;

    @Option(
            names = "--short",
            description =
                    "The short run of a level, for CI: every named step, a few random kills, one protection taken out.")
    private boolean brief;

    @Option(names = "--without", paramLabel = "PROTECTION", description = "Take a protection out: must end red.")
    private String without;

    @Option(
            names = "--proof",
            description =
                    "Take each protection out in turn (with --without: this one), and check that the run ends red.")
    private boolean proof;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        StateLock.hold(STATE, "make chaos");
        long drawn = seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000) : seed;
        System.out.println("Chaos with seed " + drawn + " (make it again with --seed " + drawn + ")\n");
        FastLevel fast = new FastLevel(drawn);
        if (proof) {
            List<Protection> protections = without == null ? List.of(Protection.values()) : List.of(named(without));
            return new Proof(fast, protections).holds() ? 0 : 1;
        }
        if (without != null) {
            return without(fast, drawn, named(without));
        }
        boolean green = level == Level.whole || fast(fast).green();
        return (level == Level.fast || whole(new WholeLevel(drawn)).green()) && green ? 0 : 1;
    }

    private Verdict fast(FastLevel fast) throws Exception {
        System.out.println("=== fast level: workers, database, Redis, data centre\n");
        return brief ? fast.brief() : fast.everything(kills == null ? FAST_KILLS : kills);
    }

    private Verdict whole(WholeLevel whole) throws Exception {
        System.out.println("\n=== whole level: Kubernetes and the operator as well\n");
        return brief ? whole.once() : whole.everything(kills == null ? WHOLE_KILLS : kills);
    }

    private Protection named(String label) {
        return Protection.named(label)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "There is no protection '" + label + "': choose one of "
                                + Stream.of(Protection.values())
                                        .map(Protection::label)
                                        .collect(Collectors.joining(", "))));
    }

    /** Ends with 1 when the missing protection was missed, as it must be. */
    private int without(FastLevel fast, long drawn, Protection protection) throws Exception {
        System.out.println("Without " + protection.label() + ": " + protection.without() + ".\n");
        Verdict verdict = level == Level.whole
                ? new WholeLevel(drawn).without(protection, kills == null ? WHOLE_KILLS : kills)
                : fast.against(protection, true);
        System.out.println(protection
                .missedBy(verdict)
                .map(harm -> "\nWithout " + protection.label() + ": " + harm + ".")
                .orElse("\nNothing happened that " + protection.label() + " is there to prevent."));
        return verdict.green() ? 0 : 1;
    }
}
