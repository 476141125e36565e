package dev.beckon.bench.soak;

import dev.beckon.bench.Benchmark;
import dev.beckon.bench.Effort;
import dev.beckon.bench.report.Figure;
import dev.beckon.bench.report.Goal;
import dev.beckon.bench.report.Series;
import dev.beckon.bench.soak.Sample.Phase;
import dev.beckon.bench.stage.Stages;
import dev.beckon.demo.Beckon;
import dev.beckon.demo.chaos.AtExit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Whether a session's native memory stays flat over a day's work. */
public final class SoakBenchmark implements Benchmark {
    private static final double MIB = 1048576;
    private static final double KIB = 1024;

    /** Of a pod whose memory is limited. */
    private static final double FLAT = 1.10;

    /** A third more than was measured at first (0.94): a request that is kept besides, or an answer, is above it. */
    private static final double OPERATION_KIB = 1.25;

    private static final String WHAT_GROWS =
            "What grows is what native code holds. The likely reason, not looked into further: TDLib is used without its message database, and"
                    + " then keeps the messages of its chats in memory until the session ends. An account at the ceilings of"
                    + " [responsible use](responsible-use.md) that also reads 100,000 members does about a fifteenth of this work in a day. Why the goal"
                    + " stands on the process: [decision 66](decisions/0066-a-sessions-memory-is-judged-by-its-process.md).";

    private final Stages stages;
    private final Path folder;

    /** @param folder forgotten first */
    public SoakBenchmark(Stages stages, Path folder) {
        this.stages = stages;
        this.folder = folder.toAbsolutePath();
    }

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String title() {
        return "A session's native memory over a day";
    }

    @Override
    public String measured() {
        return String.format(
                Locale.ROOT,
                "One session of real TDLib, alone in a process with a worker's JVM, works through a day of the data centre's clock, which is"
                        + " moved on as the work goes: %,d operations, which are %,d invitations (each with its look-up), %,d messages, %,d pages of"
                        + " members and %,d posts, with the chat's event log read every five minutes. The data centre counts that they were done."
                        + " What native code holds is told by glibc's allocator (`mallinfo2`), RSS by the kernel, each %d times; a straight line through"
                        + " the samples of the last three quarters of the day tells how it grew.",
                SoakDay.WHOLE.operations(),
                SoakDay.WHOLE.minutes() * SoakDay.INVITES_A_MINUTE,
                SoakDay.WHOLE.minutes() * SoakDay.MESSAGES_A_MINUTE,
                SoakDay.WHOLE.minutes() * SoakDay.PAGES_A_MINUTE,
                SoakDay.WHOLE.minutes() * SoakDay.POSTS_A_MINUTE,
                SoakDay.SAMPLES);
    }

    @Override
    public String peer() {
        return "The same process after its warm-up, a quarter of the day.";
    }

    @Override
    public Outcome run(Effort effort) throws Exception {
        stages.close();
        SoakDay day = effort.quick() ? SoakDay.SHORT : SoakDay.WHOLE;
        SoakStage stage =
                new SoakStage(folder, Beckon.checkout().resolve("worker-image/src/main/distribution/jvm.options"));
        List<List<Sample>> rounds = new ArrayList<>();
        try (AtExit _ = new AtExit(stage::stop)) {
            for (int round = 0; round < effort.rounds(1); round++) {
                rounds.add(stage.run(day, SoakBenchmark::show));
            }
        }
        return new Outcome(figures(rounds), List.of(WHAT_GROWS));
    }

    private static List<Figure> figures(List<List<Sample>> rounds) {
        List<Growth> held = lines(rounds, Sample::nativeBytes);
        List<Growth> resident = lines(rounds, Sample::residentBytes);
        return List.of(
                Figure.of(
                                "a session's process (RSS, heap included) at its day's end",
                                "MiB",
                                series(resident, Growth::after, MIB))
                        .against(series(resident, Growth::before, MIB))
                        .goal(Goal.ratioAtMost(FLAT)),
                Figure.of("what native code holds of it", "MiB", series(held, Growth::after, MIB))
                        .against(series(held, Growth::before, MIB)),
                Figure.of("native memory that an operation leaves behind", "KiB", typical(Phase.DAY, rounds))
                        .goal(Goal.valueAtMost(OPERATION_KIB)),
                Figure.of("the same of a person whom the session never met", "KiB", typical(Phase.MEETING, rounds)),
                Figure.of("the same of the first message to somebody", "KiB", typical(Phase.WRITING, rounds)));
    }

    private static List<Growth> lines(List<List<Sample>> rounds, ToLongFunction<Sample> bytes) {
        return rounds.stream()
                .map(samples -> Growth.of(Growth.warm(of(Phase.DAY, samples)), bytes))
                .toList();
    }

    private static Series series(List<Growth> lines, ToDoubleFunction<Growth> bytes, double unit) {
        return new Series(
                lines.stream().map(it -> bytes.applyAsDouble(it) / unit).toList());
    }

    private static Series typical(Phase phase, List<List<Sample>> rounds) {
        return new Series(rounds.stream()
                .map(samples -> Growth.typical(Growth.warm(of(phase, samples)), Sample::nativeBytes) / KIB)
                .toList());
    }

    private static void show(Sample sample) {
        System.out.printf(
                Locale.ROOT,
                "  %-8s %,7d operations: native memory %6.1f MiB, RSS %6.1f MiB%n",
                sample.phase().name().toLowerCase(Locale.ROOT),
                sample.operations(),
                sample.nativeBytes() / MIB,
                sample.residentBytes() / MIB);
    }

    private static List<Sample> of(Phase phase, List<Sample> samples) {
        return samples.stream().filter(sample -> sample.phase() == phase).toList();
    }
}
