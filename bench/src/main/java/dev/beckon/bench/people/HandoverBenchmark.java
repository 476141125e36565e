package dev.beckon.bench.people;

import dev.beckon.bench.Benchmark;
import dev.beckon.bench.Effort;
import dev.beckon.bench.report.Figure;
import dev.beckon.bench.report.Goal;
import dev.beckon.bench.report.Series;
import dev.beckon.bench.stage.Account;
import dev.beckon.bench.stage.Stages;
import dev.beckon.bench.stage.Started;
import dev.beckon.bench.stage.TelegramStage;
import dev.beckon.bench.stage.Waits;
import dev.beckon.demo.proof.TruthDoor.Post;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How soon a campaign gives its account up for a post that is due, and how soon the post is in its chat. */
public final class HandoverBenchmark implements Benchmark {
    private static final int PEOPLE = 60;
    private static final int PEOPLE_BEFORE = 2;
    private static final String SCHEDULE = "bench-schedule";
    private static final Duration WISH = Duration.ofMinutes(2);
    private static final long LOOK_MILLIS = 5;

    private final Stages stages;

    public HandoverBenchmark(Stages stages) {
        this.stages = stages;
    }

    @Override
    public String name() {
        return "handover";
    }

    @Override
    public String title() {
        return "An account changes hands";
    }

    @Override
    public String measured() {
        return "A campaign's worker invites with the shortest pause, one second; at a moment that has nothing to do with its rhythm a"
                + " schedule wishes for the account, as the operator writes it. Until the worker has saved its session and released the"
                + " lease; until its process is gone; and until the schedule's own worker, which is started then, has its post in the"
                + " chat (by the data centre's clock). What Kubernetes adds, a pod that is scheduled and started, is not in it.";
    }

    @Override
    public String peer() {
        return "None: the goal is absolute, when nothing is in flight.";
    }

    @Override
    public Outcome run(Effort effort) throws Exception {
        TelegramStage stage = stages.telegram();
        int rounds = effort.rounds(9);
        List<Double> released = new ArrayList<>();
        List<Double> gone = new ArrayList<>();
        List<Double> posted = new ArrayList<>();
        try (Ledger ledger = stage.servers().ledger()) {
            for (int round = 0; round < rounds; round++) {
                Handover handover = once(stage, ledger, round);
                released.add(seconds(handover.released()));
                gone.add(seconds(handover.gone()));
                posted.add(seconds(handover.posted()));
            }
        }
        return new Outcome(List.of(
                Figure.of("a wish for an account until it is free", "s", new Series(released))
                        .goal(Goal.valueAtMost(10)),
                Figure.of("until the campaign's worker is gone", "s", new Series(gone)),
                Figure.of("until the post is in its chat", "s", new Series(posted))));
    }

    /** Each since the wish. */
    private record Handover(Duration released, Duration gone, Duration posted) {}

    private static Handover once(TelegramStage stage, Ledger ledger, int round) throws InterruptedException {
        try (Started campaign = Started.of(stage.invite(stage.newGuests(PEOPLE), PEOPLE))) {
            Waits.until(
                    "the campaign is at work",
                    () -> Seen.of(stage.truth(), Account.WORKER, campaign.at())
                                    .invited()
                                    .size()
                            >= PEOPLE_BEFORE);
            // Anywhere between two people, not just after one.
            TimeUnit.MILLISECONDS.sleep(round * 110L);
            Instant wished = Instant.now();
            ledger.leases().wish(TelegramStage.ACCOUNT_UID, SCHEDULE, Priority.Publish, Urgency.Now, WISH);
            while (isHeld(ledger)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            Duration released = Duration.between(wished, Instant.now());
            campaign.await("the campaign");
            Duration gone = Duration.between(wished, Instant.now());
            ledger.leases().withdraw(TelegramStage.ACCOUNT_UID, SCHEDULE);
            return new Handover(released, gone, Duration.between(wished, published(stage)));
        }
    }

    private static boolean isHeld(Ledger ledger) {
        return ledger.reports()
                .accounts(List.of(TelegramStage.ACCOUNT_UID))
                .get(TelegramStage.ACCOUNT_UID)
                .lease()
                .isPresent();
    }

    private static Instant published(TelegramStage stage) throws InterruptedException {
        int before = stage.truth().posts().size();
        try (Started publisher = Started.of(stage.publish())) {
            publisher.await("the publisher");
        }
        List<Post> posts = stage.truth().posts();
        if (posts.size() != before + 1) {
            throw new IllegalStateException("Telegram saw " + (posts.size() - before) + " posts instead of one");
        }
        return posts.getLast().at();
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
