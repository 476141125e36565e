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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How soon a worker speaks with Telegram. */
public final class WorkerStartBenchmark implements Benchmark {
    private static final String WHY =
            "a JVM starts, opens the ledger, takes the lease, decrypts the session and loads TDLib's"
                    + " 30 MB before it may say a word; the script reads a session from a file.";

    /** Longer than the shortest pause, which the order asks for. */
    private static final Duration BETWEEN_PEOPLE = Duration.ofMillis(1_100);

    private final Stages stages;

    public WorkerStartBenchmark(Stages stages) {
        this.stages = stages;
    }

    @Override
    public String name() {
        return "worker-start";
    }

    @Override
    public String title() {
        return "Worker start to first Telegram call";
    }

    @Override
    public String measured() {
        return "A campaign of one person, from the start of the process to its first call that the data centre answered (the look-up of"
                + " the chat), and to the person's invitation. The session exists already: the worker takes the lease, reads it"
                + " from the ledger and decrypts it, after it has imported the audience.";
    }

    @Override
    public String peer() {
        return "A Python script on Telethon that opens a MySQL connection, reads its session from a file, connects, looks the chat"
                + " and the person up, invites, and writes one row.";
    }

    @Override
    public Outcome run(Effort effort) throws Exception {
        TelegramStage stage = stages.telegram();
        int rounds = effort.rounds(9);
        List<Seen> ours = new ArrayList<>();
        List<Seen> peers = new ArrayList<>();
        // One of each that does not count: page cache, and the script's login.
        for (int round = 0; round <= rounds; round++) {
            // The account's pause after the last round's person, or its worker would sleep it.
            TimeUnit.MILLISECONDS.sleep(BETWEEN_PEOPLE.toMillis());
            Seen worker = once(stage, Account.WORKER, stage.invite(stage.newGuests(1), 1));
            Seen script = once(stage, Account.OLD_WAY, stage.oldWay(stage.newGuests(1), 1));
            if (round > 0) {
                ours.add(worker);
                peers.add(script);
            }
        }
        List<String> notes = stage.workerHasAotCache() ? List.of() : List.of("The worker had no AOT cache.");
        return new Outcome(
                List.of(
                        Figure.of("worker start to first Telegram call", "s", firstCalls(ours))
                                .against(firstCalls(peers))
                                .goal(Goal.ratioAtMost(1.0), WHY),
                        Figure.of("worker start to first person invited", "s", firstPeople(ours))
                                .against(firstPeople(peers))),
                notes);
    }

    private static Seen once(TelegramStage stage, Account account, ProcessBuilder program) throws InterruptedException {
        try (Started started = Started.of(program)) {
            started.await(account.name());
            return Seen.of(stage.truth(), account, started.at()).requirePeople(1);
        }
    }

    private static Series firstCalls(List<Seen> seen) {
        return new Series(seen.stream().map(Seen::secondsToFirstCall).toList());
    }

    private static Series firstPeople(List<Seen> seen) {
        return new Series(seen.stream().map(Seen::secondsToFirstPerson).toList());
    }
}
