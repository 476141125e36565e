package dev.beckon.simulator.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A Telegram of our own. Safe for many threads: each operation runs alone, and its events are in the journal before it
 * answers.
 */
public final class World implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<WorldListener> listeners = new CopyOnWriteArrayList<>();
    private final List<WorldEvent> unwritten = new ArrayList<>();
    private final WorldState state;
    private final WorldClock clock;
    private final Optional<Journal> journal;
    private final Gate gate;
    private final Logins logins;
    private final QrLogins qrLogins;
    private final People people;
    private final Chats chats;
    private final Invitations invitations;
    private final Messages messages;
    private final Connections connections;
    private final CallLog calls = new CallLog();
    private final Acts acts;
    private final Truth truth;

    private World(WorldSeed seed, Optional<Path> directory) {
        InstantSource system = InstantSource.system();
        clock = new WorldClock(seed.start().orElseGet(system::instant), seed.speed(), system);
        state = seed.state(clock.instant());
        journal = directory.map(folder -> replay(folder, seed.fingerprint()));
        gate = new Gate(this, seed.floods(), seed.faults());
        logins = new Logins(this, seed.loginCode());
        qrLogins = new QrLogins(this, logins);
        people = new People(this);
        chats = new Chats(this);
        invitations = new Invitations(this);
        messages = new Messages(this);
        connections = new Connections(this);
        acts = new Acts(this);
        truth = new Truth(this);
    }

    /** A world that is forgotten with the process. */
    public static World inMemory(WorldSeed seed) {
        return new World(seed, Optional.empty());
    }

    /**
     * A world that survives the process: its journal lies in the folder.
     *
     * @throws IllegalStateException with a sentence when the folder is in use or belongs to another world
     */
    public static World open(WorldSeed seed, Path directory) {
        return new World(seed, Optional.of(directory));
    }

    private Journal replay(Path directory, String fingerprint) {
        try {
            return Journal.open(directory, fingerprint, line -> {
                line.events().forEach(state::apply);
                clock.notBefore(line.at());
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the state folder " + directory + " can't be used: " + e.getMessage(), e);
        }
    }

    public Logins logins() {
        return logins;
    }

    public QrLogins qrLogins() {
        return qrLogins;
    }

    public People people() {
        return people;
    }

    public Chats chats() {
        return chats;
    }

    public Invitations invitations() {
        return invitations;
    }

    public Messages messages() {
        return messages;
    }

    public Connections connections() {
        return connections;
    }

    public Acts acts() {
        return acts;
    }

    /** What really happened; for tests to judge by. */
    public Truth truth() {
        return truth;
    }

    public WorldClock clock() {
        return clock;
    }

    /** Moves the world's clock forward; what falls due on the way happens. */
    public void advanceClock(Duration by) {
        locked(() -> {
            clock.advance(by);
            emit(new WorldEvent.ClockMoved(clock.instant()));
            acts.runDue();
            return null;
        });
    }

    /** Of events from now on; see {@link WorldListener} for what it may do. */
    public void listen(WorldListener listener) {
        listeners.add(listener);
    }

    /** It hears nothing more, but perhaps the event that is under way. */
    public void unlisten(WorldListener listener) {
        listeners.remove(listener);
    }

    /** Ends the world; what follows has no journal. */
    @Override
    public void close() {
        journal.ifPresent(Journal::close);
    }

    // ---- for the groups of operations

    Instant now() {
        return clock.instant();
    }

    WorldState state() {
        return state;
    }

    CallLog calls() {
        return calls;
    }

    Gate gate() {
        return gate;
    }

    /** A call of a session: refused when the session ended, else run behind the {@link Gate}. */
    <T> T call(Method method, Caller caller, Target target, Supplier<T> body) {
        return locked(() -> {
            logins.requireAlive(caller.authKeyId());
            calls.add(now(), method, caller);
            return gate.call(method, caller, target, body);
        });
    }

    <T> T locked(Supplier<T> body) {
        lock.lock();
        try {
            if (lock.getHoldCount() == 1) {
                acts.runDue();
            }
            return body.get();
        } finally {
            if (lock.getHoldCount() == 1) {
                write();
            }
            lock.unlock();
        }
    }

    /** Makes an event true; it is in the journal before the operation answers. */
    void emit(WorldEvent event) {
        state.apply(event);
        unwritten.add(event);
    }

    void defer(Duration delay, Act act) {
        emit(new WorldEvent.Deferred(state.lastDeferred + 1, now().plus(delay), act));
    }

    private void write() {
        if (unwritten.isEmpty()) {
            return;
        }
        List<WorldEvent> events = List.copyOf(unwritten);
        unwritten.clear();
        journal.ifPresent(j -> j.append(clock.instant(), events));
        for (WorldEvent event : events) {
            listeners.forEach(listener -> listener.happened(event));
        }
    }
}
