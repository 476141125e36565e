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
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.LoginState;
import dev.beckon.telegram.SessionOptions;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.telegram.tdlib.TdlibEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the engine alone costs: TDLib over the Foreign Function API, with nothing around it. */
public final class EngineBenchmark implements Benchmark {
    private static final String WHY =
            "on loopback only processor time counts. TDLib keeps the state of a whole client and hands each"
                    + " call through several threads; Telethon writes a request and reads an answer. (An earlier comparison had Telethon go"
                    + " through the data centre's SOCKS5 door, where its sockets lack TCP_NODELAY and each person costs it 40 ms.)";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Stages stages;

    public EngineBenchmark(Stages stages) {
        this.stages = stages;
    }

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String title() {
        return "The engine alone";
    }

    @Override
    public String measured() {
        return "TDLib behind the port `TelegramSession`, without worker and ledger: each person is looked up by username and added, one"
                + " after the other. Counted by the data centre from the first invitation to the last.";
    }

    @Override
    public String peer() {
        return "The same two calls by Telethon, connected directly, without a database.";
    }

    @Override
    public Outcome run(Effort effort) throws Exception {
        TelegramStage stage = stages.telegram();
        int people = effort.size(300, 20);
        int rounds = effort.rounds(5);
        List<Double> ours = new ArrayList<>();
        List<Double> peers = new ArrayList<>();
        telethon(stage, 2);
        TelegramSession session = loggedIn(stage, "engine");
        try {
            long chat = done(session.findChat(new ChatTarget.Username(Account.ENGINE.chat())))
                    .id();
            for (int round = 0; round < rounds; round++) {
                ours.add(engine(stage, session, chat, people));
                peers.add(telethon(stage, people));
            }
        } finally {
            session.close();
        }
        return new Outcome(List.of(Figure.of("people per second, engine alone", "/s", new Series(ours))
                .against(new Series(peers))
                .goal(Goal.ratioAtLeast(1.0), WHY)));
    }

    private static double engine(TelegramStage stage, TelegramSession session, long chat, int people) {
        int first = stage.newGuests(people);
        Instant begin = Instant.now();
        for (int number = first; number < first + people; number++) {
            done(session.addMember(
                    chat, done(session.findByUsername("guest" + number)).id()));
        }
        return Seen.of(stage.truth(), Account.ENGINE, begin)
                .requirePeople(people)
                .peoplePerSecond();
    }

    private static double telethon(TelegramStage stage, int people) throws InterruptedException {
        try (Started started = Started.of(stage.telethonAlone(stage.newGuests(people), people))) {
            started.await("Telethon");
            return Seen.of(stage.truth(), Account.OLD_WAY, started.at())
                    .requirePeople(people)
                    .peoplePerSecond();
        }
    }

    /** @param folder where its session is kept */
    static TelegramSession loggedIn(TelegramStage stage, String folder) {
        return loggedIn(
                Path.of(stage.servers().telegram().library()),
                stage.servers().telegram().port(),
                stage.folder().resolve(folder));
    }

    /** With the session in the folder, or a new one. */
    static TelegramSession loggedIn(Path library, int port, Path folder) {
        TelegramSession session = TdlibEngine.load(library, InstantSource.system())
                .open(new SessionOptions(
                        12345,
                        "0123456789abcdef0123456789abcdef",
                        folder,
                        Optional.of(new SessionOptions.Proxy("127.0.0.1", port, Optional.empty(), Optional.empty())),
                        false,
                        () -> PATIENCE));
        LoginState state = session.awaitLogin(now -> !(now instanceof LoginState.Connecting), PATIENCE);
        if (!(state instanceof LoginState.Ready)) {
            await(session, LoginState.IdentityNeeded.class);
            done(session.sendPhoneNumber(Account.ENGINE.phone()));
            await(session, LoginState.CodeNeeded.class);
            done(session.sendCode("12345"));
            await(session, LoginState.Ready.class);
        }
        return session;
    }

    private static void await(TelegramSession session, Class<? extends LoginState> wanted) {
        LoginState state = session.awaitLogin(wanted::isInstance, PATIENCE);
        if (!wanted.isInstance(state)) {
            throw new IllegalStateException("the login stands at " + state + " instead of " + wanted.getSimpleName());
        }
    }

    static <T> T done(Answer<T> answer) {
        return switch (answer) {
            case Answer.Ok<T>(T value) -> value;
            case Answer.Refused<T>(var error) -> throw new IllegalStateException("refused: " + error);
        };
    }
}
