package dev.beckon.bench.campaigns;

import dev.beckon.bench.Benchmark;
import dev.beckon.bench.Effort;
import dev.beckon.bench.report.Figure;
import dev.beckon.bench.report.Goal;
import dev.beckon.bench.report.Series;
import dev.beckon.bench.stage.CampaignStage;
import dev.beckon.bench.stage.CampaignWorld;
import dev.beckon.bench.stage.RealAccounts;
import dev.beckon.bench.stage.Stages;
import dev.beckon.bench.stage.Together;
import dev.beckon.bench.stage.Waits;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.Labels;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How often a campaign's whole life writes to the API server. */
public final class WritesBenchmark implements Benchmark {
    private static final String NAMESPACE = "default";
    private static final int PEOPLE = 5;

    private static final String WHY =
            "the work order's Secret is made and, since it holds people, deleted; events are published; and the"
                    + " status changes at once whenever something happens that a person waits for.";

    private final Stages stages;
    private int guests;

    public WritesBenchmark(Stages stages) {
        this.stages = stages;
    }

    @Override
    public String name() {
        return "writes";
    }

    @Override
    public String title() {
        return "API writes per finished campaign";
    }

    @Override
    public String measured() {
        return "Campaigns of " + PEOPLE
                + " people with real workers and TDLib, from creation to `Succeeded`, a second between two people."
                + " Counted by the API server itself: Secrets, Jobs and statuses written or deleted, and the operator's events. A"
                + " progress write is allowed every 5 s of a campaign's life; the figure is what remains when those are taken off."
                + " What an account was used for is told within a minute, once for all that came together: of lives as short as these"
                + " it is written mostly after the last. A life of less than ten seconds has no progress to take off and is above the goal:"
                + " eight writes are fixed.";
    }

    @Override
    public String peer() {
        return "None: the goal is absolute.";
    }

    @Override
    public Outcome run(Effort effort) throws Exception {
        CampaignStage stage = stages.campaigns();
        int accounts = effort.size(CampaignWorld.REAL_ACCOUNTS, 2);
        stage.operator();
        List<Integer> numbers = IntStream.rangeClosed(1, accounts).boxed().toList();
        Together.each(numbers, number -> RealAccounts.make(stage.client(), NAMESPACE, number));
        Waits.until("the accounts are logged in", () -> RealAccounts.ready(stage.client(), NAMESPACE) == accounts);
        List<Double> all = new ArrayList<>();
        List<Double> beyond = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        SortedMap<String, Long> kinds = new TreeMap<>();
        int rounds = effort.rounds(3);
        for (int round = 0; round < rounds; round++) {
            Lives lives = round(stage, numbers, round);
            lives.kinds.forEach((kind, writes) -> kinds.merge(kind, writes, Long::sum));
            all.add(lives.writes() / accounts);
            seconds.add(lives.seconds / accounts);
            beyond.add((lives.writes() - lives.progressAllowed) / accounts);
        }
        return new Outcome(
                List.of(
                        Figure.of("API writes per finished campaign, beyond one per 5 s", "", new Series(beyond))
                                .goal(Goal.valueAtMost(6), WHY),
                        Figure.of("all API writes per finished campaign", "", new Series(all)),
                        Figure.of("its life", "s", new Series(seconds))),
                List.of(told(kinds, rounds * accounts)));
    }

    /** What they were, each per campaign. */
    private static String told(SortedMap<String, Long> kinds, int campaigns) {
        return kinds.entrySet().stream()
                .filter(it -> it.getValue() > 0)
                .map(it -> String.format(Locale.ROOT, "%.1f %s", (double) it.getValue() / campaigns, it.getKey()))
                .collect(Collectors.joining(", ", "Per campaign: ", "."));
    }

    /**
     * What a round's campaigns did together.
     *
     * @param kinds how often what was written
     * @param progressAllowed how many writes their lengths allow, one for each 5 s begun and ended
     */
    private record Lives(SortedMap<String, Long> kinds, double seconds, double progressAllowed) {
        double writes() {
            return kinds.values().stream().mapToLong(it -> it).sum();
        }
    }

    private Lives round(CampaignStage stage, List<Integer> accounts, int round) throws InterruptedException {
        KubernetesClient client = stage.client();
        SortedMap<String, Long> before = writes(stage);
        Together.each(
                accounts,
                number -> client.resource(CampaignWorld.campaign(
                                "life-" + round + "-" + number,
                                NAMESPACE,
                                "@chat_" + number,
                                "owner-" + number,
                                nextGuests()))
                        .create());
        String prefix = "life-" + round + "-";
        Waits.until(
                "the campaigns have succeeded",
                () -> lives(client, prefix).stream()
                        .allMatch(it -> it.getStatus() != null
                                && it.getStatus().state() == InviteCampaignStatus.State.Succeeded));
        List<Duration> durations = lives(client, prefix).stream()
                .map(it -> Duration.between(
                        java.time.Instant.parse(it.getMetadata().getCreationTimestamp()),
                        it.getStatus().completionTime()))
                .toList();
        SortedMap<String, Long> kinds = writes(stage);
        before.forEach((kind, count) -> kinds.merge(kind, -count, Long::sum));
        return new Lives(
                kinds,
                durations.stream().mapToLong(Duration::toSeconds).sum(),
                durations.stream().mapToLong(it -> it.toSeconds() / 5).sum());
    }

    private synchronized String nextGuests() {
        List<String> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add("{username: guest" + ++guests + "}");
        }
        return "[" + String.join(", ", people) + "]";
    }

    private static List<InviteCampaign> lives(KubernetesClient client, String prefix) {
        return client.resources(InviteCampaign.class).inNamespace(NAMESPACE).list().getItems().stream()
                .filter(it -> it.getMetadata().getName().startsWith(prefix))
                .toList();
    }

    private static SortedMap<String, Long> writes(CampaignStage stage) {
        SortedMap<String, Long> writes = ApiWrites.soFar(stage.environment().cluster());
        writes.put("POST events", events(stage.client()));
        return writes;
    }

    private static long events(KubernetesClient client) {
        return client.v1()
                .events()
                .inNamespace(NAMESPACE)
                .withLabel(Labels.MANAGED_BY, Labels.MANAGER)
                .list()
                .getItems()
                .size();
    }
}
