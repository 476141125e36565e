package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Sabotage.Kind;
import dev.beckon.demo.chaos.ServerFault.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Everything that goes wrong in a run, drawn from its seed: by step and by count, never by the clock, so that the same seed
 * gives the same plan again.
 *
 * @param byAccount what happens to the workers of each account, one after the other
 * @param servers in the order of their time
 */
record FaultPlan(List<List<Sabotage>> byAccount, List<ServerFault> servers) {
    /** Steps that pass with every person: here a kill finds something to lose. */
    static final List<String> BUSY = List.of(
            "after-claim",
            "after-resolve",
            "after-intent",
            "in-call",
            "in-call",
            "after-call",
            "after-call",
            "after-outcome");

    /** Steps at which a settlement is due only if an earlier process left something open. */
    private static final String SETTLEMENT = "settlement";

    private static final List<Server> SERVERS = List.of(Server.values());
    private static final int MAX_DELAY_MILLIS = 400;
    private static final int EVERY_FREEZE = 12;
    private static final int EVERY_TWIN = 8;
    private static final int EVERY_SERVER = 5;

    /**
     * Draws a plan.
     *
     * @param steps every named step, in the order of a worker's life; each gets its kill
     * @param kills how many more happen at random, servers included
     * @param calls how many calls the run will make at least
     */
    static FaultPlan draw(RandomGenerator random, List<String> steps, int accounts, int kills, int calls) {
        List<List<Sabotage>> byAccount = new ArrayList<>();
        IntStream.range(0, accounts).forEach(i -> byAccount.add(new ArrayList<>()));
        for (int i = 0; i < steps.size(); i++) {
            List<Sabotage> account = byAccount.get(i % accounts);
            if (steps.get(i).contains(SETTLEMENT)) {
                account.add(Sabotage.kill("after-intent"));
            }
            account.add(Sabotage.kill(steps.get(i)));
        }
        List<ServerFault> servers = new ArrayList<>();
        int serverKills = kills / EVERY_SERVER;
        for (int i = 0; i < serverKills; i++) {
            Server server = SERVERS.get(i % SERVERS.size());
            servers.add(new ServerFault(
                    1 + calls * (i + 1) / (serverKills + 1), server, Duration.ofMillis(random.nextInt(200, 2_500))));
        }
        for (int i = 0; i < kills - serverKills; i++) {
            byAccount.get(i % accounts).add(drawn(random, i));
        }
        return new FaultPlan(byAccount.stream().map(List::copyOf).toList(), servers);
    }

    private static Sabotage drawn(RandomGenerator random, int index) {
        String step = BUSY.get(random.nextInt(BUSY.size()));
        Duration delay = random.nextBoolean() || step.equals("in-call")
                ? Duration.ofMillis(random.nextInt(MAX_DELAY_MILLIS))
                : Duration.ZERO;
        int nth = 1 + random.nextInt(2);
        Kind kind = index % EVERY_FREEZE == EVERY_FREEZE - 1
                ? Kind.FREEZE
                : index % EVERY_TWIN == EVERY_TWIN - 1 ? Kind.TWIN : Kind.KILL;
        return new Sabotage(step, nth, kind, kind == Kind.KILL ? delay : Duration.ZERO);
    }

    /** How many faults there are, servers included. */
    int size() {
        return servers.size() + byAccount.stream().mapToInt(List::size).sum();
    }

    /** A plan that exercises one protection: what it must survive, and nothing that would hide it. */
    static FaultPlan against(Protection protection, int accounts) {
        List<Sabotage> each = switch (protection) {
            case INTENT -> List.of(Sabotage.kill("after-call"), nth("after-call", 2), nth("after-call", 3));
            case SETTLEMENT -> List.of(Sabotage.kill("after-call"), Sabotage.kill("after-call"), nth("after-call", 2));
            case LEASE ->
                List.of(
                        new Sabotage("after-ready", 1, Kind.TWIN, Duration.ZERO),
                        new Sabotage("after-outcome", 1, Kind.FREEZE, Duration.ZERO));
            case SUPPRESSION, FREQUENCY_CAP -> List.of();
        };
        Sabotage[][] plans = new Sabotage[accounts][];
        Arrays.fill(plans, each.toArray(Sabotage[]::new));
        return new FaultPlan(Arrays.stream(plans).map(List::of).toList(), List.of());
    }

    private static Sabotage nth(String step, int nth) {
        return new Sabotage(step, nth, Kind.KILL, Duration.ZERO);
    }
}
