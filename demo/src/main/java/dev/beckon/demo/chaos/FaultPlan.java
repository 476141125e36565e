package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Sabotage.Kind;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.ServerFault.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everything that goes wrong in a run, drawn from its seed: by step and by count, never by the clock, so that the same seed
 * gives the same plan again.
 *
 * @param byAccount what happens to the workers of each account's campaigns, one after the other; of bots, which have none, nothing
 * @param servers in the order of their time
 * @param kinds what happens to workers that do not work on campaigns
 */
record FaultPlan(List<List<Sabotage>> byAccount, List<ServerFault> servers, KindPlan kinds) {
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
    static final String SETTLEMENT = "settlement";

    /** A dead process's lock on an import must never keep its successors out: killed here several times in a row. */
    private static final String IMPORT = "mid-import";

    private static final int IMPORT_KILLS = 3;

    /** Steps that pass as a worker ends: what comes after them in a plan would wait until nobody is left to contact. */
    private static final List<String> AT_THE_END = List.of("before-save", "after-save", "before-result");

    private static final List<Server> SERVERS = List.of(Server.values());
    private static final int MAX_DELAY_MILLIS = 400;
    private static final int EVERY_SERVER = 5;
    private static final int EVERY_TERM = 6;
    private static final int EVERY_FREEZE = 12;
    private static final int EVERY_TWIN = 12;

    /**
     * Draws a plan. Beside the kills, some workers are stopped by SIGTERM, frozen, or doubled.
     *
     * @param steps every named step, in the order of a worker's life; each gets its kill
     * @param kills how many more SIGKILLs happen at random, servers included
     * @param calls how many calls the run will make at least
     */
    static FaultPlan draw(RandomGenerator random, List<String> steps, int accounts, int kills, int calls) {
        List<List<Sabotage>> byAccount = perAccount(accounts);
        named(steps.stream().filter(step -> !AT_THE_END.contains(step)).toList(), byAccount);
        int serverKills = kills / EVERY_SERVER;
        List<ServerFault> servers = IntStream.range(0, serverKills)
                .mapToObj(i -> new ServerFault(
                        1 + calls * (i + 1) / (serverKills + 1),
                        SERVERS.get(i % SERVERS.size()),
                        Duration.ofMillis(random.nextInt(200, 2_500))))
                .toList();
        List<Sabotage> atRandom = atRandom(random, kills - serverKills);
        for (int i = 0; i < atRandom.size(); i++) {
            byAccount.get(i % accounts).add(atRandom.get(i));
        }
        named(AT_THE_END, byAccount);
        return new FaultPlan(byAccount.stream().map(List::copyOf).toList(), servers, KindPlan.nothing(accounts));
    }

    private static List<List<Sabotage>> perAccount(int accounts) {
        return IntStream.range(0, accounts)
                .<List<Sabotage>>mapToObj(_ -> new ArrayList<>())
                .toList();
    }

    private static void named(List<String> steps, List<List<Sabotage>> byAccount) {
        for (int i = 0; i < steps.size(); i++) {
            List<Sabotage> account = byAccount.get(i % byAccount.size());
            if (steps.get(i).contains(SETTLEMENT)) {
                account.add(Sabotage.kill("after-intent"));
            }
            account.addAll(
                    Collections.nCopies(steps.get(i).equals(IMPORT) ? IMPORT_KILLS : 1, Sabotage.kill(steps.get(i))));
        }
    }

    private static List<Sabotage> atRandom(RandomGenerator random, int kills) {
        List<Kind> kinds = Stream.of(
                        Collections.nCopies(kills, Kind.KILL),
                        Collections.nCopies(kills / EVERY_TERM, Kind.TERM),
                        Collections.nCopies(kills / EVERY_FREEZE, Kind.FREEZE),
                        Collections.nCopies(kills / EVERY_TWIN, Kind.TWIN))
                .flatMap(List::stream)
                .toList();
        List<Kind> shuffled = new ArrayList<>(kinds);
        Collections.shuffle(shuffled, java.util.Random.from(random));
        return shuffled.stream().map(kind -> drawn(random, kind)).toList();
    }

    private static Sabotage drawn(RandomGenerator random, Kind kind) {
        String step = BUSY.get(random.nextInt(BUSY.size()));
        Duration delay = random.nextBoolean() || step.equals("in-call")
                ? Duration.ofMillis(random.nextInt(MAX_DELAY_MILLIS))
                : Duration.ZERO;
        int nth = 1 + random.nextInt(2);
        Sabotage drawn = new Sabotage(step, nth, kind, delay);
        return drawn.needsSecond() ? new Sabotage(step, nth, kind, Duration.ZERO) : drawn;
    }

    /** How many faults there are, servers included. */
    int size() {
        return servers.size() + (int) ofWorkers().count();
    }

    /** How many of one kind happen to workers. */
    long count(Kind kind) {
        return ofWorkers().filter(s -> s.kind() == kind).count();
    }

    private Stream<Sabotage> ofWorkers() {
        return Stream.concat(
                byAccount.stream().flatMap(List::stream),
                kinds.byAccount().stream().flatMap(KindPlan.Each::all));
    }

    /** What happens to the workers of an account's campaigns: nothing to a bot's, which has none. */
    List<Sabotage> of(Account account) {
        return account.index() < byAccount.size() ? byAccount.get(account.index()) : List.of();
    }

    /** The same for campaigns and servers. */
    FaultPlan with(KindPlan others) {
        return new FaultPlan(byAccount, servers, others);
    }

    /** A plan that exercises one protection: what it must survive, and nothing that would hide it. */
    static FaultPlan against(Protection protection, int accounts) {
        List<Sabotage> each = switch (protection) {
            case INTENT, SETTLEMENT ->
                List.of(Sabotage.kill("after-call"), Sabotage.kill("after-call", 2), Sabotage.kill("after-call", 2));
            case LEASE ->
                List.of(
                        // The frozen one keeps its connections open, however long its successor takes to come.
                        new Sabotage("after-outcome", 1, Kind.FREEZE, Duration.ZERO),
                        new Sabotage("after-ready", 1, Kind.TWIN, Duration.ZERO));
            // People opt out between the import and their turn: while the successor starts.
            case SUPPRESSION -> List.of(Sabotage.kill("after-import"));
            case FREQUENCY_CAP -> List.of();
        };
        KindPlan others = switch (protection) {
            case INTENT, SETTLEMENT -> KindPlan.afterCall(accounts);
            case LEASE, SUPPRESSION, FREQUENCY_CAP -> KindPlan.nothing(accounts);
        };
        return new FaultPlan(Collections.nCopies(accounts, each), List.of(), others);
    }
}
