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
import dev.beckon.demo.proof.TruthDoor.Call;
import dev.beckon.telegram.TelegramSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How fast a group's members are collected. */
public final class MembersBenchmark implements Benchmark {
    private static final String LIST = "channels.getParticipants";
    private static final String WHY =
            "TDLib's paging alone does not reach Telethon's speed, in a warm process and with nothing written. Beyond it a person costs"
                    + " the worker an encrypted row and two keyed look-ups, each page of 200 a transaction that is committed to disk so"
                    + " that a kill loses and doubles nobody, in a JVM that has just started"
                    + " ([profile](decisions/0069-a-page-is-asked-for-while-one-is-written.md)). Telegram itself lets nobody list at such a"
                    + " speed.";
    private static final String WHY_ALONE =
            "a page is asked for while the one before is written, but on the same processors"
                    + " ([profile](decisions/0069-a-page-is-asked-for-while-one-is-written.md)).";
    private static final String WHY_WARM = WHY_ALONE
            + " And each group has a process of its own, whose classes and compiled code are young;"
            + " until the page was asked for ahead this was the only figure against TDLib.";

    private final Stages stages;

    public MembersBenchmark(Stages stages) {
        this.stages = stages;
    }

    @Override
    public String name() {
        return "members";
    }

    @Override
    public String title() {
        return "Members collected per second";
    }

    @Override
    public String measured() {
        return "`worker parse` of groups of 10,000 members each: encrypted into the ledger page by page, then a CSV file. Counted from the"
                + " data centre's first answered page to the whole file, so without the start of the process, which each group has of its"
                + " own, as with the peers.";
    }

    @Override
    public String peer() {
        return "A Python script on Telethon, connected directly, that writes what `iter_participants` gives to a CSV file, without"
                + " bots, deleted accounts and duplicates; counted alike. And TDLib's own paging behind the port, with nothing"
                + " around it, counted to the list's end: in a JVM that is started for each group as a worker's is, and in one"
                + " that is warm.";
    }

    @Override
    public Outcome run(Effort effort) throws Exception {
        TelegramStage stage = stages.telegram();
        int groups = effort.size(Account.CROWDS, 1);
        int rounds = effort.rounds(3);
        List<Double> ours = new ArrayList<>();
        List<Double> peers = new ArrayList<>();
        List<Double> alone = new ArrayList<>();
        List<Double> warm = new ArrayList<>();
        // One of each that does not count: script and session log in.
        collected(stage, Account.OLD_WAY, 1, Program.OLD);
        paged(stage, 1);
        TelegramSession session = EngineBenchmark.loggedIn(stage, "members");
        try {
            paged(stage, session, 1);
            for (int round = 0; round < rounds; round++) {
                ours.add(perSecond(groups, group -> collected(stage, Account.WORKER, group, Program.OURS)));
                peers.add(perSecond(groups, group -> collected(stage, Account.OLD_WAY, group, Program.OLD)));
                alone.add(perSecond(groups, group -> paged(stage, group)));
                warm.add(perSecond(groups, group -> paged(stage, session, group)));
            }
        } finally {
            session.close();
        }
        return new Outcome(
                List.of(
                        Figure.of("members collected per second", "/s", new Series(ours))
                                .against(new Series(peers))
                                .goal(Goal.ratioAtLeast(2.0), WHY),
                        Figure.of(
                                        "the same against TDLib's paging alone, in a JVM just started",
                                        "/s",
                                        new Series(ours))
                                .against(new Series(alone))
                                .goal(Goal.ratioAtLeast(1 / 1.2), WHY_ALONE),
                        Figure.of("the same against TDLib's paging alone, in a warm JVM", "/s", new Series(ours))
                                .against(new Series(warm))
                                .goal(Goal.ratioAtLeast(1 / 1.2), WHY_WARM),
                        Figure.of("TDLib's paging alone, in a warm JVM, against Telethon", "/s", new Series(warm))
                                .against(new Series(peers))),
                stage.workerHasAotCache() ? List.of() : List.of("The worker had no AOT cache."));
    }

    /** Whose members are collected by what. */
    private enum Program {
        OURS,
        OLD
    }

    /** How long a group took. */
    private interface Group {
        Duration took(int number) throws IOException, InterruptedException;
    }

    private static double perSecond(int groups, Group each) throws IOException, InterruptedException {
        Duration total = Duration.ZERO;
        for (int group = 1; group <= groups; group++) {
            total = total.plus(each.took(group));
        }
        return groups * (double) Account.CROWD_MEMBERS / (total.toNanos() / 1e9);
    }

    private static Duration collected(TelegramStage stage, Account account, int group, Program program)
            throws IOException, InterruptedException {
        Path folder = stage.folder().resolve("members-" + program);
        Files.createDirectories(folder);
        Path file = folder.resolve("members.csv");
        Files.deleteIfExists(file);
        String name = Account.crowd(group);
        try (Started started =
                Started.of(program == Program.OURS ? stage.parse(name, folder) : stage.oldParser(name, file))) {
            started.await(program + " of " + name);
            try (Stream<String> lines = Files.lines(file)) {
                long rows = lines.count() - 1;
                if (rows != Account.CROWD_MEMBERS) {
                    throw new IllegalStateException(program + " collected " + rows + " of " + name);
                }
            }
            return Duration.between(
                    firstPage(stage, account, started.at()),
                    Files.getLastModifiedTime(file).toInstant());
        }
    }

    private static Instant firstPage(TelegramStage stage, Account account, Instant since) {
        return stage.truth().calls(since).stream()
                .filter(call -> call.accountUserId() == account.userId()
                        && call.method().equals(LIST))
                .map(Call::at)
                .findFirst()
                .orElseThrow();
    }

    private static Duration paged(TelegramStage stage, int group) throws IOException, InterruptedException {
        try (Started started = Started.of(stage.engineAlone(
                        PagingAlone.class, stage.folder().resolve("paging").toString(), Account.crowd(group)));
                BufferedReader lines = started.process().inputReader(StandardCharsets.UTF_8)) {
            String end = lines.readLine();
            started.await("the paging of " + Account.crowd(group));
            return Duration.between(firstPage(stage, Account.ENGINE, started.at()), Instant.parse(end));
        }
    }

    private static Duration paged(TelegramStage stage, TelegramSession session, int group) {
        Instant begin = Instant.now();
        PagingAlone.page(session, Account.crowd(group));
        Instant end = Instant.now();
        return Duration.between(firstPage(stage, Account.ENGINE, begin), end);
    }
}
