package dev.beckon.simulator.mtproto;

import dev.beckon.simulator.mtproto.crypto.RsaKey;
import dev.beckon.simulator.mtproto.tl.TlSchema;
import dev.beckon.simulator.world.World;
import dev.beckon.simulator.world.WorldSeed;
import dev.beckon.simulator.worldfile.WorldFile;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.LoginState;
import dev.beckon.telegram.SessionOptions;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.telegram.tdlib.TdlibEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A world behind a data centre, and real TDLib sessions in it; everything is closed at the end. */
final class RealTdlib implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** One library for all tests of this JVM: TDLib's code is large, and its state is global to the loaded file. */
    private static final class Shared {
        static final RsaKey KEY = RsaKey.generate();
        static final TlSchema SCHEMA = TlSchema.load(ClientFiles.inCache().schema());
        static final TdlibEngine ENGINE = TdlibEngine.load(patched(), InstantSource.system());

        private static Path patched() {
            try {
                Path copy = Files.createTempDirectory("tdlib").resolve("libtdjson-patched.so");
                LibraryPatch.write(ClientFiles.inCache().library(), KEY, copy);
                copy.toFile().deleteOnExit();
                return copy;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

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
            dataCentre = DataCentre.start(world, Shared.SCHEMA, Shared.KEY, port);
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
        SessionOptions.Proxy proxy =
                new SessionOptions.Proxy("127.0.0.1", dataCentre.port(), Optional.empty(), Optional.empty());
        TelegramSession session = Shared.ENGINE.open(new SessionOptions(
                12345,
                "0123456789abcdef0123456789abcdef",
                folder.resolve(name),
                Optional.of(proxy),
                false,
                callTimeout));
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
