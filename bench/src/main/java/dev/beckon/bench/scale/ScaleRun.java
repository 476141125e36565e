package dev.beckon.bench.scale;

import dev.beckon.bench.report.Series;
import dev.beckon.bench.stage.Arrivals;
import dev.beckon.bench.stage.MetricsText;
import dev.beckon.bench.stage.OperatorProcess;
import dev.beckon.bench.stage.Proc;
import dev.beckon.bench.stage.ScaleStage;
import dev.beckon.bench.stage.Statements;
import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.demo.Progress;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Brings a cluster from one size to the next, and measures the operator on the way. */
final class ScaleRun {
    private static final String PASSES = "beckon_reconciliations_seconds";
    private static final int WAVE = 250;

    /** Campaigns, schedules and accounts. */
    private static final int KINDS = 3;

    private static final double P99 = 0.99;
    private static final double MEDIAN = 0.5;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    /** What an account was used for is told within a minute ({@code BECKON_PACE_USAGE}). */
    private static final Duration USAGE = Duration.ofSeconds(65);

    private static final Duration TOO_LONG = Duration.ofMinutes(5);
    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    private final ScaleStage stage;
    private final Watched watched;
    private final FakeWorkers workers;
    private final Path folder;
    private final Duration rest;
    private final Progress progress = new Progress();

    /**
     * @param folder for what the operator's heap holds at each size
     * @param rest how long is looked at nothing
     */
    ScaleRun(ScaleStage stage, FakeWorkers workers, Path folder, Duration rest) {
        this.stage = stage;
        this.watched = new Watched(stage);
        this.workers = workers;
        this.folder = folder;
        this.rest = rest;
    }

    /**
     * One size. No operator runs before; the one that ran last is stopped.
     *
     * @param from how many of each there are
     * @param size how many there are to be
     */
    Step step(int from, int size) throws InterruptedException, IOException, SQLException {
        long begin = System.nanoTime();
        int added = size - from;
        stage.holdControllers();
        progress.step(added + " accounts", () -> stage.newAccounts(from + 1, added));
        stage.startOperator();
        try (Arrived<TelegramAccount> ready = new Arrived<>(
                TelegramAccount.class,
                it -> it.getStatus() != null && it.getStatus().state() == TelegramAccountStatus.State.Ready)) {
            ready.all("team-", 1, size);
        }
        Step.Schedules schedules = schedules(from, size);
        Requests before = watched.requests();
        Histogram passes = Histogram.of(stage.operator().metrics(), PASSES);
        Step.Launch launch = launch(from, size);
        Step.Lives lives = lives(from, size, before, passes);
        Step.Rest atRest = rest();
        OperatorProcess operator = stage.operator();
        double resident = Proc.memory(operator.pid()).residentMib();
        double peak = Proc.peakMib(operator.pid());
        HeapDump.histogram(operator.pid(), folder.resolve("heap-" + size + ".txt"));
        double live = live(operator);
        Step.Restart restart = restart(size);
        Step.Memory memory = new Step.Memory(
                resident, peak, live, Proc.memory(stage.operator().pid()).residentMib());
        stage.stopOperator();
        return new Step(size, added, schedules, launch, lives, atRest, restart, memory, since(begin));
    }

    private Step.Schedules schedules(int from, int size) throws InterruptedException {
        int added = size - from;
        Requests before = watched.requests();
        long begin = System.nanoTime();
        double seconds;
        try (Arrived<AutopostSchedule> kept = new Arrived<>(
                AutopostSchedule.class,
                it -> it.getStatus() != null && it.getStatus().state() == AutopostScheduleStatus.State.Scheduled)) {
            progress.step(
                    added + " schedules made",
                    () -> stage.newSchedules(from + 1, added, Instant.now().plus(HALF_A_DAY)));
            seconds = (kept.all("schedule-", from + 1, size) - begin) / 1e9;
        }
        say(String.format(Locale.ROOT, "%d schedules are kept, %.1f /s", added, added / seconds));
        return new Step.Schedules(
                added / seconds, watched.requests().since(before).each(added));
    }

    private Step.Launch launch(int from, int size) throws InterruptedException {
        int added = size - from;
        int waves = (added + WAVE - 1) / WAVE;
        List<Double> perSecond = new ArrayList<>();
        OperatorProcess operator = stage.operator();
        // The operator writes these states when the Job is there.
        try (Arrived<InviteCampaign> launched = new Arrived<>(
                InviteCampaign.class,
                it -> is(it, InviteCampaignStatus.State.Importing, InviteCampaignStatus.State.Running))) {
            for (int wave = 0; wave < waves; wave++) {
                int first = from + 1 + added * wave / waves;
                int last = from + added * (wave + 1) / waves;
                operator.freeze();
                long frozen = System.nanoTime();
                stage.newCampaigns(first, last - first + 1);
                long begin = System.nanoTime();
                operator.thaw();
                if (begin - frozen > TimeUnit.SECONDS.toNanos(OperatorProcess.FROZEN_AT_MOST_SECONDS)) {
                    throw new IllegalStateException("the machine is too busy: a wave took so long to create that the"
                            + " operator, stopped meanwhile, has lost its leadership");
                }
                double seconds = (launched.all("campaign-", first, last) - begin) / 1e9;
                perSecond.add((last - first + 1) / seconds);
                say(String.format(
                        Locale.ROOT, "campaigns %d to %d have their Jobs, %.1f /s", first, last, perSecond.getLast()));
            }
        }
        return new Step.Launch(new Series(perSecond));
    }

    private Step.Lives lives(int from, int size, Requests before, Histogram passesBefore)
            throws InterruptedException, IOException {
        int added = size - from;
        long begin = System.nanoTime();
        List<Double> told;
        long end;
        try (Arrived<InviteCampaign> over = new Arrived<>(InviteCampaign.class, ScaleRun::isOver)) {
            stage.letControllersGo();
            end = over.all("campaign-", from + 1, size);
            told = IntStream.rangeClosed(from + 1, size)
                    .mapToObj(number -> "campaign-" + number)
                    // What a worker hints at just before its end may be told before it.
                    .map(name -> Math.max(0, (over.at(name) - workers.endOf(name)) / 1e9))
                    .toList();
        }
        say(String.format(Locale.ROOT, "%d campaigns are done or wait, after %.0f s", added, (end - begin) / 1e9));
        progress.step("what accounts were used for is told, and then nothing any more", this::settle);
        Requests all = watched.requests().since(before);
        Histogram passes = Histogram.of(stage.operator().metrics(), PASSES).since(passesBefore);
        return new Step.Lives(
                (double) all.of(Requests.Effect.READ) / added,
                (double) all.of(Requests.Effect.WRITE) / added,
                all.each(added),
                passes.quantile(MEDIAN) * 1000,
                passes.quantile(P99) * 1000,
                Quantiles.of(told, MEDIAN),
                Quantiles.of(told, P99),
                (end - begin) / 1e9);
    }

    private void settle() {
        try {
            TimeUnit.NANOSECONDS.sleep(USAGE.toNanos());
            watched.quiet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** One that backs off waits, too, but for its next worker. */
    private static boolean isOver(InviteCampaign campaign) {
        return is(campaign, InviteCampaignStatus.State.Succeeded)
                || (is(campaign, InviteCampaignStatus.State.Waiting)
                        && "DailyLimit".equals(campaign.getStatus().waitingFor()));
    }

    private static boolean is(InviteCampaign campaign, InviteCampaignStatus.State... states) {
        return campaign.getStatus() != null
                && campaign.getStatus().state() != null
                && Set.of(states).contains(campaign.getStatus().state());
    }

    private Step.Rest rest() throws InterruptedException, SQLException {
        try (Statements database = new Statements(stage.environment().admin())) {
            Requests before = watched.requests();
            long asked = database.sinceStart();
            Duration used = watched.cpu();
            long begin = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(rest.toNanos());
            double seconds = (System.nanoTime() - begin) / 1e9;
            Requests meanwhile = watched.requests().since(before);
            double minutes = seconds / 60;
            Step.Rest atRest = new Step.Rest(
                    meanwhile.work() / minutes,
                    meanwhile.of(Requests.Effect.LEASE) / minutes,
                    // Asking is one of them.
                    (database.sinceStart() - asked - 1) / minutes,
                    watched.cpu().minus(used).toNanos() / 1e9 / seconds * 100);
            say(String.format(
                    Locale.ROOT,
                    "at rest: %.1f requests, %.1f statements a minute%s",
                    atRest.requests(),
                    atRest.statements(),
                    meanwhile.work() == 0 ? "" : " " + meanwhile.counts()));
            return atRest;
        }
    }

    private Step.Restart restart(int size) throws InterruptedException, IOException {
        Requests before = watched.requests();
        long begin = System.nanoTime();
        stage.stopOperator();
        double ready = stage.startOperator();
        // One that does not lead yet is quiet, too. Where it takes too long, the figure shows it.
        while (Histogram.of(stage.operator().metrics(), PASSES).count() < KINDS * size
                && System.nanoTime() - begin < TOO_LONG.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        double quiet = (watched.quiet() - begin) / 1e9;
        say(String.format(Locale.ROOT, "restarted: ready after %.1f s, quiet after %.1f s", ready, quiet));
        return new Step.Restart(ready, quiet, watched.requests().since(before).work());
    }

    /** Just after a full collection. */
    private static double live(OperatorProcess operator) throws IOException, InterruptedException {
        return MetricsText.of(operator.metrics(), "jvm_memory_used_bytes")
                        .filter(it -> it.label("area").equals("heap"))
                        .mapToDouble(MetricsText.Sample::value)
                        .sum()
                / 1024
                / 1024;
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private void say(String text) {
        progress.say("  " + text);
    }

    /** Which resources of a kind have come to be as wanted, from now on and before. */
    private final class Arrived<T extends HasMetadata> implements AutoCloseable {
        private final Arrivals<T> arrivals;
        private final Watch watch;

        Arrived(Class<T> kind, Predicate<T> wanted) {
            arrivals = new Arrivals<>(wanted, PATIENCE);
            watch = stage.client()
                    .resources(kind)
                    .inNamespace(ScaleStage.NAMESPACE)
                    .watch(arrivals);
        }

        /** Waits for all of these numbers, and tells when the last arrived. */
        long all(String prefix, int first, int last) throws InterruptedException {
            return arrivals.last(IntStream.rangeClosed(first, last)
                    .mapToObj(number -> prefix + number)
                    .collect(Collectors.toSet()));
        }

        long at(String name) {
            return arrivals.at(name);
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
