package dev.beckon.bench.campaigns;

import dev.beckon.bench.Benchmark;
import dev.beckon.bench.Effort;
import dev.beckon.bench.report.Figure;
import dev.beckon.bench.report.Goal;
import dev.beckon.bench.report.Series;
import dev.beckon.bench.stage.CampaignStage;
import dev.beckon.bench.stage.OperatorProcess;
import dev.beckon.bench.stage.Proc;
import dev.beckon.bench.stage.Stages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How soon the operator is ready, and what it needs, when a thousand campaigns are there. */
public final class OperatorStartBenchmark implements Benchmark {
    /** Until it has looked at every campaign and account. */
    private static final int SETTLED_SECONDS = 25;

    private static final String SLOW =
            "most of a start is classes that are loaded and linked and beans that are made, and this machine"
                    + " has two cores that the API server and the database use as well.";

    private final Stages stages;

    public OperatorStartBenchmark(Stages stages) {
        this.stages = stages;
    }

    @Override
    public String name() {
        return "operator-start";
    }

    @Override
    public String title() {
        return "Operator start and memory at 1,000 campaigns";
    }

    @Override
    public String measured() {
        return "From the start of the operator's process until `/health/ready` answers 200, with 1,000 accounts and 1,000 campaigns in the"
                + " cluster; and its resident memory 25 s later, when it has looked at all of them.";
    }

    @Override
    public String peer() {
        return "The same operator without the AOT cache that the build makes in a training run.";
    }

    @Override
    public Outcome run(Effort effort) throws Exception {
        CampaignStage stage = stages.campaigns();
        stage.freezeControllers();
        stage.requireCampaigns();
        boolean cached = OperatorProcess.hasAotCache(stage.programs());
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        List<Double> proportional = new ArrayList<>();
        List<Double> peak = new ArrayList<>();
        int rounds = effort.rounds(5);
        for (int round = 0; round < rounds; round++) {
            without.add(stage.restartOperator(false));
            with.add(stage.restartOperator(true));
            if (round < 2) {
                TimeUnit.SECONDS.sleep(effort.size(SETTLED_SECONDS, 5));
                Proc.Memory memory = Proc.memory(stage.operator().pid());
                resident.add(memory.residentMib());
                proportional.add(memory.proportionalMib());
                peak.add(Proc.peakMib(stage.operator().pid()));
            }
        }
        return outcome(
                new Series(with),
                new Series(without),
                new Series(resident),
                new Series(proportional),
                new Series(peak),
                cached);
    }

    private static Outcome outcome(
            Series with, Series without, Series resident, Series proportional, Series peak, boolean cached) {
        List<String> notes = cached ? List.of() : List.of("The build made no AOT cache, so both are without one.");
        return new Outcome(
                List.of(
                        Figure.of("operator start to ready, 1,000 campaigns", "s", with)
                                .against(without)
                                .goal(Goal.valueAtMost(1.5), SLOW),
                        Figure.of("operator memory (RSS), 1,000 campaigns", "MiB", resident)
                                .goal(
                                        Goal.valueAtMost(256),
                                        "a heap of up to 192 MiB is allowed, and the JVM's own code, class data and thread stacks"
                                                + " come on top."),
                        Figure.of("operator memory (PSS), 1,000 campaigns", "MiB", proportional),
                        Figure.of("operator memory, the most it had", "MiB", peak)),
                notes);
    }
}
