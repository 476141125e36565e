package dev.beckon.bench.people;

import dev.beckon.bench.Benchmark;
import dev.beckon.bench.Effort;
import dev.beckon.bench.report.Figure;
import dev.beckon.bench.report.Goal;
import dev.beckon.bench.report.Series;
import dev.beckon.bench.stage.Account;
import dev.beckon.bench.stage.Stages;
import dev.beckon.bench.stage.Started;
import dev.beckon.bench.stage.Statements;
import dev.beckon.bench.stage.TelegramStage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** How fast people are invited when nothing holds a worker back. */
public final class PeopleBenchmark implements Benchmark {
    private static final String WHY =
            "against one INSERT, a person costs three transactions, each committed to disk: the claim with a first look at the rules and"
                    + " the look-up's budget; the intent with its checks of lease, suppression, limits and frequency cap; and the outcome"
                    + " with its counts. Their some thirty statements are as many ways to the database and back. And it costs more calls to"
                    + " Telegram, among them the question whether the person left the chat before. With the shortest pause that is allowed,"
                    + " a second, neither is felt.";

    private final Stages stages;

    public PeopleBenchmark(Stages stages) {
        this.stages = stages;
    }

    @Override
    public String name() {
        return "people";
    }

    @Override
    public String title() {
        return "People per second without limits";
    }

    @Override
    public String measured() {
        return "The worker with a work order whose pauses are zero and whose limits are out of reach, in a test build of which only the"
                + " look at an order's ceilings is taken out: lease, claims, suppression, intents and outcomes are all kept. Counted by the data"
                + " centre from the first invitation to the last.";
    }

    @Override
    public String peer() {
        return "The old way: a Python script on Telethon, connected directly, one person a call, one INSERT a person that commits.";
    }

    @Override
    public Outcome run(Effort effort) throws Exception {
        TelegramStage stage = stages.telegram();
        int people = effort.size(300, 20);
        int rounds = effort.rounds(5);
        List<Seen> ours = new ArrayList<>();
        List<Seen> peers = new ArrayList<>();
        List<Double> statements = new ArrayList<>();
        List<Double> rows = new ArrayList<>();
        // One of each that does not count: the script logs in.
        once(stage, Account.OLD_WAY, stage.oldWay(stage.newGuests(2), 2), 2);
        try (Statements database = new Statements(stage.admin())) {
            for (int round = 0; round < rounds; round++) {
                long before = database.sinceStart();
                ours.add(once(
                        stage, Account.WORKER, stage.inviteWithoutLimits(stage.newGuests(people), people), people));
                long between = database.sinceStart();
                peers.add(once(stage, Account.OLD_WAY, stage.oldWay(stage.newGuests(people), people), people));
                statements.add((double) (between - before - 1) / people);
                rows.add((double) (database.sinceStart() - between - 1) / people);
            }
        }
        return outcome(ours, peers, statements, rows);
    }

    private static Outcome outcome(List<Seen> ours, List<Seen> peers, List<Double> statements, List<Double> rows) {
        return new Outcome(List.of(
                Figure.of("people per second, everything kept", "/s", series(ours, Seen::peoplePerSecond))
                        .against(series(peers, Seen::peoplePerSecond))
                        .goal(Goal.ratioAtLeast(1.0), WHY),
                Figure.of("calls to Telegram per person", "", series(ours, Seen::callsPerPerson))
                        .against(series(peers, Seen::callsPerPerson)),
                Figure.of("database statements per person", "", new Series(statements))
                        .against(new Series(rows))));
    }

    private static Series series(List<Seen> seen, Function<Seen, Double> figure) {
        return new Series(seen.stream().map(figure).toList());
    }

    private static Seen once(TelegramStage stage, Account account, ProcessBuilder program, int people)
            throws InterruptedException {
        try (Started started = Started.of(program)) {
            started.await(account.name());
            return Seen.of(stage.truth(), account, started.at()).requirePeople(people);
        }
    }
}
