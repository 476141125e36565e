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
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.MemberPage;
import dev.beckon.telegram.TelegramSession;
import java.io.IOException;
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
    private static final int PAGE = 200;
    private static final String WHY =
            "against a line in a file, each person costs the worker an encrypted row and two keyed look-ups, and each page of 200 a"
                    + " transaction that is committed to disk, so that a kill loses and doubles nobody; and each group has a JVM of its"
                    + " own that has just started, while TDLib's paging alone runs in a warm one. Telegram itself lets nobody list at such"
                    + " a speed.";

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
                + " data centre's first answered page to the whole file, so without the start of the process.";
    }

    @Override
    public String peer() {
        return "A Python script on Telethon, connected directly, that writes what `iter_participants` gives to a CSV file, without"
                + " bots, deleted accounts and duplicates; counted alike. And TDLib's own paging behind the port, with nothing"
                + " around it.";
    }

    @Override
    public Outcome run(Effort effort) throws Exception {
        TelegramStage stage = stages.telegram();
        int groups = effort.size(Account.CROWDS, 1);
        int rounds = effort.rounds(3);
        List<Double> ours = new ArrayList<>();
        List<Double> peers = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        // One that does not count: the script logs in.
        collected(stage, Account.OLD_WAY, 1, Program.OLD);
        TelegramSession session = EngineBenchmark.loggedIn(stage, "members");
        try {
            for (int round = 0; round < rounds; round++) {
                ours.add(perSecond(stage, Account.WORKER, groups, Program.OURS));
                peers.add(perSecond(stage, Account.OLD_WAY, groups, Program.OLD));
                raw.add(engine(session, groups));
            }
        } finally {
            session.close();
        }
        return new Outcome(List.of(
                Figure.of("members collected per second", "/s", new Series(ours))
                        .against(new Series(peers))
                        .goal(Goal.ratioAtLeast(2.0), WHY),
                Figure.of("the same against TDLib's paging alone", "/s", new Series(ours))
                        .against(new Series(raw))
                        .goal(Goal.ratioAtLeast(1 / 1.2), WHY)));
    }

    /** Whose members are collected by what. */
    private enum Program {
        OURS,
        OLD
    }

    private static double perSecond(TelegramStage stage, Account account, int groups, Program program)
            throws IOException, InterruptedException {
        Duration total = Duration.ZERO;
        for (int group = 1; group <= groups; group++) {
            total = total.plus(collected(stage, account, group, program));
        }
        return perSecond(groups, total);
    }

    private static double perSecond(int groups, Duration total) {
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
            Instant first = stage.truth().calls(started.at()).stream()
                    .filter(call -> call.accountUserId() == account.userId()
                            && call.method().equals(LIST))
                    .map(Call::at)
                    .findFirst()
                    .orElseThrow();
            return Duration.between(first, Files.getLastModifiedTime(file).toInstant());
        }
    }

    private static double engine(TelegramSession session, int groups) {
        Duration total = Duration.ZERO;
        for (int group = 1; group <= groups; group++) {
            long chat = EngineBenchmark.done(session.findChat(new ChatTarget.Username(Account.crowd(group))))
                    .id();
            long begin = System.nanoTime();
            int offset = 0;
            MemberPage page = EngineBenchmark.done(session.members(chat, "", offset, PAGE));
            while (!page.isEnd()) {
                offset += page.listed();
                page = EngineBenchmark.done(session.members(chat, "", offset, PAGE));
            }
            total = total.plusNanos(System.nanoTime() - begin);
        }
        return perSecond(groups, total);
    }
}
