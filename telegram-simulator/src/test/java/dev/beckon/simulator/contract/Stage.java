package dev.beckon.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.ChatProfile;
import dev.beckon.simulator.world.Member;
import dev.beckon.simulator.world.Method;
import dev.beckon.simulator.world.Profile;
import dev.beckon.simulator.world.World;
import dev.beckon.simulator.worldfile.WorldFile;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.LoginState;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.telegram.TelegramUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** A world, an engine on it, and the sessions a case opens; everything is closed with it. */
public final class Stage implements AutoCloseable {
    /** How long a login step may take; real TDLib needs a second, on a machine that does nothing else. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How long a call waits for its answer; shorter where a case loses answers on purpose, and waits this time out. */
    private static final Duration CALL = Duration.ofMinutes(1);

    private static final Duration CALL_IN_VAIN = Duration.ofSeconds(12);
    private static final String CODE = "12345";

    private final World world;
    private final EngineUnderTest engine;
    private final Path directory;
    private final Duration callTimeout;
    private final Deque<TelegramSession> opened = new ArrayDeque<>();
    private final Map<String, TelegramSession> loggedIn = new HashMap<>();

    private Stage(World world, EngineUnderTest engine, Path directory, Duration callTimeout) {
        this.world = world;
        this.engine = engine;
        this.directory = directory;
        this.callTimeout = callTimeout;
    }

    public static Stage of(EngineUnderTest.Factory factory, WorldText text) {
        try {
            World world = World.inMemory(WorldFile.parse("contract.yaml", text.toString()));
            Path directory = Files.createTempDirectory("beckon-contract");
            return new Stage(world, factory.start(world), directory, text.losesAnswers() ? CALL_IN_VAIN : CALL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public World world() {
        return world;
    }

    public Path directory(String name) {
        return directory.resolve(name);
    }

    /** Opens a session in a directory of this name. */
    public TelegramSession open(String name) {
        TelegramSession session = engine.engine().open(engine.options(directory(name), callTimeout));
        opened.push(session);
        return session;
    }

    /** The session of Alice, logged in. */
    public TelegramSession alice() {
        return as("alice");
    }

    /** The session of an account, logged in by phone and code, or by its bot token. */
    public TelegramSession as(String username) {
        return loggedIn.computeIfAbsent(username, name -> {
            Profile profile = profile(name);
            TelegramSession session = open(name);
            await(session, LoginState.IdentityNeeded.class);
            if (profile.bot()) {
                ok(session.sendBotToken(profile.botToken().orElseThrow()));
            } else {
                ok(session.sendPhoneNumber(profile.phone().orElseThrow()));
                await(session, LoginState.CodeNeeded.class);
                ok(session.sendCode(CODE));
            }
            await(session, LoginState.Ready.class);
            return session;
        });
    }

    public static LoginState await(TelegramSession session, Class<? extends LoginState> wanted) {
        LoginState state = session.awaitLogin(wanted::isInstance, PATIENCE);
        assertThat(state).isInstanceOf(wanted);
        return state;
    }

    public static <T> T ok(Answer<T> answer) {
        return switch (answer) {
            case Answer.Ok<T>(T value) -> value;
            case Answer.Refused<T>(TelegramError error) -> throw new AssertionError("refused: " + error);
        };
    }

    public static TelegramError refused(Answer<?> answer) {
        return switch (answer) {
            case Answer.Ok<?> ok -> throw new AssertionError("not refused, but answered " + ok.value());
            case Answer.Refused<?>(TelegramError error) -> error;
        };
    }

    public static <E extends TelegramError> E refused(Answer<?> answer, Class<E> meaning) {
        TelegramError error = refused(answer);
        assertThat(error).isInstanceOf(meaning);
        return meaning.cast(error);
    }

    // ---- who and where, by the world's truth

    public Profile profile(String username) {
        return world.truth().people().stream()
                .filter(p -> p.username().map(username::equals).orElse(false))
                .findFirst()
                .orElseThrow();
    }

    public long id(String username) {
        return profile(username).id();
    }

    private ChatProfile chat(String title) {
        return world.truth().chats().stream()
                .filter(chat -> chat.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    public long bareId(String title) {
        return chat(title).id();
    }

    public Chat.Standing standing(String title, String username) {
        return world.truth().standing(bareId(title), id(username));
    }

    public Member member(String title, String username) {
        return world.truth().members(bareId(title)).stream()
                .filter(m -> m.personId() == id(username))
                .findFirst()
                .orElseThrow();
    }

    /** How often a session made this call. */
    public long callsOf(Method method) {
        return world.truth().calls(Instant.EPOCH).stream()
                .filter(call -> call.method() == method)
                .count();
    }

    // ---- what a session must have met before it can act on it

    /** Alice's chat id of a public chat, which she found. */
    public long found(String publicName) {
        return ok(alice().findChat(new ChatTarget.Username(publicName))).id();
    }

    /** The user id of a person, whom Alice found. */
    public long met(String username) {
        TelegramUser user = ok(alice().findByUsername(username));
        assertThat(user.id()).isEqualTo(id(username));
        return user.id();
    }

    /** Alice adds a person to {@code @meetup}. */
    public Answer<?> aliceAdds(String username) {
        return alice().addMember(found("meetup"), met(username));
    }

    @Override
    public void close() {
        opened.forEach(TelegramSession::close);
        engine.close();
        world.close();
        try {
            delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            // An engine may still tidy its own files away, and whoever cleans the temporary folder may, too.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
