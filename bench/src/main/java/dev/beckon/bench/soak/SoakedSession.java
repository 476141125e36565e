package dev.beckon.bench.soak;

import dev.beckon.bench.soak.Sample.Phase;
import dev.beckon.bench.stage.Proc;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.LoginState;
import dev.beckon.telegram.Post;
import dev.beckon.telegram.PostText;
import dev.beckon.telegram.SessionOptions;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.telegram.tdlib.TdlibEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The process whose memory is looked at: {@code LIBRARY PORT TRUTH FOLDER START MINUTES}. It logs in, works for a day, and prints a
 * {@link Sample} from time to time.
 */
public final class SoakedSession {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** As often as a worker looks for people who left. */
    private static final int MINUTES_BETWEEN_LOOKS = 5;

    private static final int SAMPLES_OF_NEW_PEOPLE = 20;

    private final TelegramSession session;
    private final SoakDay day;
    private final SoakClock clock;
    private final NativeMemory memory = new NativeMemory();
    private final long chat;
    private final long channel;
    private final List<Long> crowds;
    private long[] penFriends = new long[0];

    private SoakedSession(TelegramSession session, SoakDay day, SoakClock clock) {
        this.session = session;
        this.day = day;
        this.clock = clock;
        this.chat = find(SoakDay.CHAT);
        this.channel = find(SoakDay.CHANNEL);
        this.crowds = IntStream.range(0, SoakDay.CROWDS)
                .mapToObj(number -> find(SoakDay.crowd(number)))
                .toList();
    }

    public static void main(String[] arguments) {
        SoakClock clock = new SoakClock(arguments[2], Instant.parse(arguments[4]));
        SoakDay day = new SoakDay(Integer.parseInt(arguments[5]));
        TelegramSession session = TdlibEngine.load(Path.of(arguments[0]), clock)
                .open(new SessionOptions(
                        12345,
                        "0123456789abcdef0123456789abcdef",
                        Path.of(arguments[3]),
                        Optional.of(new SessionOptions.Proxy(
                                "127.0.0.1", Integer.parseInt(arguments[1]), Optional.empty(), Optional.empty())),
                        false,
                        () -> PATIENCE));
        try {
            logIn(session);
            new SoakedSession(session, day, clock).work();
        } finally {
            session.close();
        }
    }

    private static void logIn(TelegramSession session) {
        await(session, LoginState.IdentityNeeded.class);
        done(session.sendPhoneNumber(SoakDay.OWNER_PHONE));
        await(session, LoginState.CodeNeeded.class);
        done(session.sendCode("12345"));
        await(session, LoginState.Ready.class);
    }

    private static void await(TelegramSession session, Class<? extends LoginState> wanted) {
        LoginState state = session.awaitLogin(wanted::isInstance, PATIENCE);
        if (!wanted.isInstance(state)) {
            throw new IllegalStateException("the login stands at " + state + " instead of " + wanted.getSimpleName());
        }
    }

    private static <T> T done(Answer<T> answer) {
        return switch (answer) {
            case Answer.Ok<T>(T value) -> value;
            case Answer.Refused<T>(var error) -> throw new IllegalStateException("refused: " + error);
        };
    }

    private long find(String name) {
        return done(session.findChat(new ChatTarget.Username(name))).id();
    }

    private void work() {
        meetEverybody();
        sample(Phase.DAY, 0);
        int between = day.minutes() / SoakDay.SAMPLES;
        for (int minute = 0; minute < day.minutes(); minute++) {
            work(minute);
            clock.advance(MINUTE);
            if ((minute + 1) % between == 0) {
                sample(Phase.DAY, (minute + 1) * day.operations() / day.minutes());
            }
        }
        withNewPeople(Phase.MEETING, this::meet);
        long[] met = IntStream.range(0, SoakDay.NEW_PEOPLE)
                .mapToLong(number -> meet(SoakDay.KNOWN + number))
                .toArray();
        withNewPeople(Phase.WRITING, number -> write(met[number - SoakDay.KNOWN], number));
    }

    /** What the session learns once is no growth: the groups' members, and the chats with those whom it writes to. */
    private void meetEverybody() {
        for (int page = 0; page * SoakDay.PAGE < 10_000; page++) {
            list(page);
        }
        penFriends =
                IntStream.range(0, SoakDay.PEN_FRIENDS).mapToLong(this::meet).toArray();
        for (int number = 0; number < penFriends.length; number++) {
            write(penFriends[number], number);
        }
    }

    private void work(int minute) {
        for (int n = 0; n < SoakDay.INVITES_A_MINUTE; n++) {
            done(session.addMember(chat, meet(minute * SoakDay.INVITES_A_MINUTE + n)));
        }
        for (int n = 0; n < SoakDay.MESSAGES_A_MINUTE; n++) {
            int number = minute * SoakDay.MESSAGES_A_MINUTE + n;
            write(penFriends[number % penFriends.length], number);
        }
        list(minute);
        for (int n = 0; n < SoakDay.POSTS_A_MINUTE; n++) {
            done(session.publish(
                    channel,
                    new Post(
                            new PostText("The news of minute " + minute + " of this day.", List.of()),
                            Optional.empty())));
        }
        if (minute % MINUTES_BETWEEN_LOOKS == 0) {
            done(session.check());
            done(session.refreshChat(chat));
            done(session.eventLog(chat, clock.instant().minus(MINUTE.multipliedBy(MINUTES_BETWEEN_LOOKS))));
        }
    }

    /** A page of each group, one after the other through the day. */
    private void list(int page) {
        int offset = page * SoakDay.PAGE % 10_000;
        for (long crowd : crowds) {
            if (done(session.members(crowd, "", offset, SoakDay.PAGE)).isEnd()) {
                throw new IllegalStateException("a group's list ended at " + offset);
            }
        }
    }

    private long meet(int guest) {
        return done(session.findByUsername(SoakDay.guest(guest))).id();
    }

    private void write(long person, int number) {
        done(session.sendMessage(person, "Hello, this is message " + number + " of today."));
    }

    private void withNewPeople(Phase phase, IntConsumer contact) {
        int between = SoakDay.NEW_PEOPLE / SAMPLES_OF_NEW_PEOPLE;
        for (int number = 0; number < SoakDay.NEW_PEOPLE; number++) {
            if (number % between == 0) {
                sample(phase, number);
            }
            contact.accept(SoakDay.KNOWN + number);
        }
        sample(phase, SoakDay.NEW_PEOPLE);
    }

    private void sample(Phase phase, int operations) {
        System.out.println(new Sample(
                        phase,
                        operations,
                        memory.inUse(),
                        Proc.memory(ProcessHandle.current().pid()).resident() * 1024)
                .line());
    }
}
