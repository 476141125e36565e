package dev.beckon.bench.campaigns;

import dev.beckon.bench.Benchmark;
import dev.beckon.bench.Effort;
import dev.beckon.bench.report.Figure;
import dev.beckon.bench.report.Goal;
import dev.beckon.bench.report.Series;
import dev.beckon.bench.stage.Arrivals;
import dev.beckon.bench.stage.CampaignStage;
import dev.beckon.bench.stage.CampaignWorld;
import dev.beckon.bench.stage.Proc;
import dev.beckon.bench.stage.Stages;
import dev.beckon.bench.stage.Together;
import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.AutopostScheduleStatus;
import io.fabric8.kubernetes.client.Watch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How late many schedules' posts begin, and what it costs when many are due at once. */
public final class SchedulesBenchmark implements Benchmark {
    private static final int EACH = 5;
    private static final int MINUTES_OF_AN_HOUR = 60;
    /** Between two posts of one account, so that none waits for another. */
    private static final int APART = MINUTES_OF_AN_HOUR / EACH;

    private static final double P99 = 0.99;
    private static final double MEDIAN = 0.5;
    private static final Duration TO_BE_KEPT = Duration.ofMinutes(12);
    private static final Duration LATE = Duration.ofSeconds(50);
    private static final Duration ALL_AT_ONCE = Duration.ofMinutes(3);
    private static final String WHY =
            "the CronJob controller makes five Jobs at a time, and for each the operator reads its ledger and writes the Job and a status;"
                    + " both share two cores with the API server, etcd and the database.";

    private final Stages stages;

    public SchedulesBenchmark(Stages stages) {
        this.stages = stages;
    }

    @Override
    public String name() {
        return "schedules";
    }

    @Override
    public String title() {
        return "5,000 schedules";
    }

    @Override
    public String measured() {
        return "5,000 schedules of 1,000 accounts, spread evenly over an hour: about 83 posts are due each minute. Three minutes of that hour are"
                + " measured, not all of it (`ROUNDS=n`: so many): the API server's watch tells how long after its minute each post's Job is there (made,"
                + " suspended, by Kubernetes' own CronJob controller) and let go by the operator. Of so few in a minute the p99 is the latest. Then 500 more"
                + " schedules are due in one and the same minute, besides those that are due in it anyway. They are not 5,000: an account does one thing at a"
                + " time, so each has one post there, and only accounts are taken whose other posts are not due meanwhile. What follows the release is"
                + " not in the figures, for the scheduler stands still and no pod runs: a run that has to give the account up first (see `handover`), the pod's"
                + " start, and the publishing itself.";
    }

    @Override
    public String peer() {
        return "None: the goal is absolute.";
    }

    @Override
    public Outcome run(Effort effort) throws Exception {
        CampaignStage stage = stages.campaigns();
        // A benchmark before this one may have stopped them.
        stage.replaceControllers();
        stage.requireAccounts();
        try (CampaignStage.Paused _ = stage.pauseScheduler()) {
            return measured(stage, effort);
        }
    }

    private static Outcome measured(CampaignStage stage, Effort effort) throws InterruptedException {
        int minutes = effort.rounds(3);
        Instant begin = Instant.now()
                .truncatedTo(ChronoUnit.MINUTES)
                .plus(Duration.ofMinutes(effort.size((int) TO_BE_KEPT.toMinutes(), 3)));
        Instant together = begin.plus(Duration.ofMinutes(minutes + 1L));
        List<Integer> free = IntStream.rangeClosed(1, stage.size())
                .filter(account -> IntStream.range(0, EACH).noneMatch(turn -> offset(account, turn) <= minutes + 1))
                .limit(effort.size(500, 5))
                .boxed()
                .toList();
        // It may have been stopped by the benchmark before this one.
        ProcessHandle operator = stage.operator().process();
        keep(stage, begin, together, free);
        List<Double> p99 = new ArrayList<>();
        List<Double> median = new ArrayList<>();
        List<Double> made = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        DueJobs jobs = new DueJobs();
        try (Watch _ = stage.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(CampaignStage.NAMESPACE)
                .watch(jobs)) {
            for (int minute = 0; minute < minutes; minute++) {
                Instant due = begin.plus(Duration.ofMinutes(minute));
                until(due);
                Duration before = Proc.cpu(operator);
                jobs.await(due, dueThen(stage, minute), LATE);
                until(due.plus(LATE));
                cpu.add(Proc.cpu(operator).minus(before).toNanos() / 1e9);
                p99.add(quantile(jobs.released(due), P99));
                median.add(quantile(jobs.released(due), MEDIAN));
                made.add(quantile(jobs.made(due), P99));
            }
            until(together);
            Duration before = Proc.cpu(operator);
            // Those of the spread ones that are due then, too.
            int dueAtOnce = free.size() + dueThen(stage, minutes + 1);
            jobs.await(together, dueAtOnce, ALL_AT_ONCE);
            List<Double> atOnce = jobs.released(together);
            double seconds = Proc.cpu(operator).minus(before).toNanos() / 1e9;
            return new Outcome(List.of(
                    Figure.of("a post's minute until it is let go, p99", "s", new Series(p99))
                            .goal(Goal.valueAtMost(2), WHY),
                    Figure.of("the same, median", "s", new Series(median)),
                    Figure.of("a post's minute until its Job is there, p99", "s", new Series(made)),
                    Figure.of("operator, of one core, for a minute's posts", "s", new Series(cpu)),
                    Figure.of(
                            dueAtOnce + " posts due in one minute: the last is let go",
                            "s",
                            Series.of(atOnce.getLast())),
                    Figure.of("operator, of one core, for these", "s", Series.of(seconds))));
        }
    }

    /** Makes all schedules and waits until the operator keeps them. */
    private static void keep(CampaignStage stage, Instant begin, Instant together, List<Integer> free)
            throws InterruptedException {
        Arrivals<AutopostSchedule> kept = new Arrivals<>(
                it -> it.getStatus() != null && it.getStatus().state() == AutopostScheduleStatus.State.Scheduled,
                TO_BE_KEPT);
        try (Watch _ = stage.client()
                .resources(AutopostSchedule.class)
                .inNamespace(CampaignStage.NAMESPACE)
                .watch(kept)) {
            List<AutopostSchedule> all = new ArrayList<>(Together.map(
                    0,
                    EACH * stage.size(),
                    number -> spread(stage, number, begin),
                    schedule -> stage.client().resource(schedule).create()));
            all.addAll(Together.map(
                    0,
                    free.size(),
                    index -> CampaignWorld.schedule("together-" + free.get(index), free.get(index), together),
                    schedule -> stage.client().resource(schedule).create()));
            Set<String> names =
                    all.stream().map(it -> it.getMetadata().getName()).collect(Collectors.toSet());
            kept.last(names);
        }
        if (Instant.now().isAfter(begin)) {
            throw new IllegalStateException(
                    "the machine is too busy: the schedules were not kept before the first was due");
        }
    }

    private static AutopostSchedule spread(CampaignStage stage, int number, Instant begin) {
        int account = 1 + number % stage.size();
        int turn = number / stage.size();
        return CampaignWorld.schedule(
                "schedule-" + number, account, begin.plus(Duration.ofMinutes(offset(account, turn))));
    }

    /** Minutes after the begin at which an account's post is due. */
    private static int offset(int account, int turn) {
        return (account + turn * APART) % MINUTES_OF_AN_HOUR;
    }

    private static int dueThen(CampaignStage stage, int minute) {
        return (int) IntStream.range(0, EACH * stage.size())
                .filter(number -> offset(1 + number % stage.size(), number / stage.size()) == minute)
                .count();
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static void until(Instant then) throws InterruptedException {
        long nanos = Duration.between(Instant.now(), then).toNanos();
        if (nanos > 0) {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    }
}
