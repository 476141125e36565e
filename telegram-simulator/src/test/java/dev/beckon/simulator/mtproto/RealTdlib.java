package dev.beckon.simulator.mtproto;

import dev.beckon.simulator.world.World;
import dev.beckon.simulator.world.WorldSeed;
import dev.beckon.simulator.worldfile.WorldFile;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.LoginState;
import dev.beckon.telegram.TelegramSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A world behind a data centre, and real TDLib sessions in it; everything is closed at the end. */
final class RealTdlib implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final World world;
    private final Path folder;
    private final List<TelegramSession> sessions = new ArrayList<>();
    private DataCentre dataCentre;

    RealTdlib(String yaml, Path folder) {
        this(WorldFile.parse("world.yaml", yaml), folder);
    }

    RealTdlib(WorldSeed seed, Path folder) {
        this.folder = folder;
        this.world = World.inMemory(seed);
        start(0);
    }

    private void start(int port) {
        try {
            dataCentre = DataCentre.start(world, PatchedTdlib.SCHEMA, PatchedTdlib.KEY, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DataCentre dataCentre() {
        return dataCentre;
    }

    /** As after a crash: the connections break, the port and the world stay. */
    void restartDataCentre() {
        int port = dataCentre.port();
        dataCentre.close();
        start(port);
    }

    /** A session in a folder of the given name: a new name is a new session, a used one goes on. */
    TelegramSession open(String name, Duration callTimeout) {
        TelegramSession session = PatchedTdlib.engine(world.clock())
                .open(PatchedTdlib.options(folder.resolve(name), dataCentre, callTimeout));
        sessions.add(session);
        return session;
    }

    TelegramSession open(String name) {
        return open(name, PATIENCE);
    }

    /** A session logged in by phone. */
    TelegramSession loggedIn(String name, String phone) {
        TelegramSession session = open(name);
        await(session, LoginState.IdentityNeeded.class);
        done(session.sendPhoneNumber(phone));
        await(session, LoginState.CodeNeeded.class);
        done(session.sendCode("12345"));
        await(session, LoginState.Ready.class);
        return session;
    }

    static <S extends LoginState> S await(TelegramSession session, Class<S> wanted) {
        LoginState state = session.awaitLogin(wanted::isInstance, PATIENCE);
        if (!wanted.isInstance(state)) {
            throw new AssertionError("the login stands at " + state + " instead of " + wanted.getSimpleName());
        }
        return wanted.cast(state);
    }

    /** What was answered; a refusal fails the test. */
    static <T> T done(Answer<T> answer) {
        return switch (answer) {
            case Answer.Ok<T>(T value) -> value;
            case Answer.Refused<T>(var error) -> throw new AssertionError("refused: " + error);
        };
    }

    @Override
    public void close() {
        sessions.forEach(TelegramSession::close);
        dataCentre.close();
        world.close();
    }
}
