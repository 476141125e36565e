package dev.beckon.bench.webhook;

import dev.beckon.bench.Benchmark;
import dev.beckon.bench.Effort;
import dev.beckon.bench.report.Figure;
import dev.beckon.bench.report.Goal;
import dev.beckon.bench.report.Series;
import dev.beckon.bench.stage.CampaignStage;
import dev.beckon.bench.stage.CampaignWorld;
import dev.beckon.bench.stage.Stages;
import dev.beckon.bench.stage.Waits;
import dev.beckon.demo.Progress;
import dev.beckon.demo.proof.TruthDoor;
import dev.beckon.demo.proof.TruthDoor.Contact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** How soon somebody who came by webhook is called, when no worker is there. */
public final class CallBenchmark implements Benchmark {
    /** A worker goes as soon as it may: what is measured begins when none is there. */
    private static final Map<String, String> QUICK_TO_GO = Map.of("BECKON_PACE_WEBHOOK_IDLE", "1s");

    private static final Map<String, String> WITHOUT_REDIS =
            Map.of("BECKON_PACE_WEBHOOK_IDLE", "1s", "BECKON_REDIS_URL", "");

    /** By then a new operator has looked at everything once. */
    private static final Duration SETTLED = Duration.ofSeconds(4);

    /** How often an operator that is told nothing looks. */
    private static final Duration RHYTHM = Duration.ofSeconds(15);

    private final Stages stages;
    private int called;

    public CallBenchmark(Stages stages) {
        this.stages = stages;
    }

    @Override
    public String name() {
        return "webhook-call";
    }

    @Override
    public String title() {
        return "Somebody who came by webhook is called";
    }

    @Override
    public String measured() {
        return "One event is posted to the gateway's pod while the campaign's Deployment is scaled to zero and no pod of it is left. The"
                + " operator is told over Redis, scales the Deployment up, the real controllers make a pod, the scheduler gives it a node,"
                + " and its worker takes the account, opens the session in TDLib and adds the person. From the moment of the post until a"
                + " watch shows the pod, and until the data centre sees the person called.";
    }

    @Override
    public String peer() {
        return "The same operator without Redis: it finds out by its look every 15 s; the rounds' posts come evenly spread over that time.";
    }

    @Override
    public Outcome run(Effort effort) throws Exception {
        CampaignStage stage = stages.campaigns();
        List<Call> told = new ArrayList<>();
        List<Call> found = new ArrayList<>();
        stage.restartOperator(QUICK_TO_GO);
        String gateway = stage.environment().openGateway(new Progress());
        try (Hotline hotline = Hotline.open(stage, gateway)) {
            // The first one has a chat to be entered and a link to be made.
            call(stage, hotline);
            int rounds = effort.rounds(5);
            for (int round = 0; round < rounds; round++) {
                told.add(measured(stage, hotline, QUICK_TO_GO, within(round, rounds)));
                found.add(measured(stage, hotline, WITHOUT_REDIS, within(round, rounds)));
            }
        } finally {
            // Whatever is measured after this has neither beside it.
            stage.stopOperator();
            stage.environment().cluster().kubectl("delete", "deployment/beckon-gateway", "-n", "beckon-system");
        }
        return new Outcome(List.of(
                Figure.of("a webhook event until its person is called", "s", series(told, Call::seen))
                        .against(series(found, Call::seen))
                        .goal(Goal.valueAtMost(10)),
                Figure.of("until its worker's pod is there", "s", series(told, Call::pod))
                        .against(series(found, Call::pod))));
    }

    /** Each since the post. */
    private record Call(Duration pod, Duration seen) {}

    private static Series series(List<Call> calls, Function<Call, Duration> time) {
        return new Series(
                calls.stream().map(call -> time.apply(call).toNanos() / 1e9).toList());
    }

    /** The middle of the round's share of the rhythm. */
    private static Duration within(int round, int rounds) {
        return RHYTHM.multipliedBy(2L * round + 1).dividedBy(2L * rounds);
    }

    /** @param later than the operator has settled */
    private Call measured(CampaignStage stage, Hotline hotline, Map<String, String> operator, Duration later)
            throws InterruptedException {
        stage.restartOperator(operator);
        TimeUnit.NANOSECONDS.sleep(SETTLED.plus(later).toNanos());
        return call(stage, hotline);
    }

    private Call call(CampaignStage stage, Hotline hotline) throws InterruptedException {
        TruthDoor truth = new TruthDoor(stage.environment().telegram().truth());
        int number = ++called;
        Waits.until("no worker is there", hotline::rests);
        Instant posted = hotline.post(number);
        Waits.until("the person is called", () -> contact(truth, number).isPresent());
        Instant seen = contact(truth, number).orElseThrow().at();
        Waits.until("the worker has gone", hotline::rests);
        return new Call(Duration.between(posted, hotline.podSince(posted)), Duration.between(posted, seen));
    }

    private static Optional<Contact> contact(TruthDoor truth, int number) {
        return truth.contacts().stream()
                .filter(contact -> contact.personId() == CampaignWorld.callerId(number))
                .filter(contact -> contact.how().equals("invite"))
                .findFirst();
    }
}
