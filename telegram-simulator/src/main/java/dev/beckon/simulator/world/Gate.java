package dev.beckon.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What stands around every call: live session, frozen account, flood budgets, scripted faults, the log of contacts. */
final class Gate {
    private static final String SERVER_ERROR = "INTERNAL_SERVER_ERROR";

    private final World world;
    private final List<FloodRule> floods;
    private final List<Fault> faults;

    Gate(World world, List<FloodRule> floods, List<Fault> faults) {
        this.world = world;
        this.floods = floods;
        this.faults = faults;
    }

    <T> T call(Method method, Caller caller, Target target, Supplier<T> body) {
        try {
            requireNotFrozen(method, caller);
            // First the budgets: a call that never gets through must not use up a scripted fault.
            if (method != Method.IMPORT_CONTACTS) {
                spend(method, caller.userId()).ifPresent(wait -> {
                    throw RpcError.floodWait(wait);
                });
            }
            List<Firing> firing = firing(method, caller, target);
            for (Firing fault : firing) {
                before(fault, caller, target);
            }
            T answer = body.get();
            for (Firing fault : firing) {
                after(fault.fault, caller, target);
            }
            return answer;
        } catch (RpcError refusal) {
            // A failure after the effect is no attempt of its own, and a client's own repetition of the request is none
            // either.
            if (refusal instanceof FailedAfterwards) {
                throw refusal;
            }
            log(caller, target, refusal.text());
            throw refusal;
        }
    }

    private void requireNotFrozen(Method method, Caller caller) {
        if (method.acting()
                && caller.userId() != 0
                && world.state().people.get(caller.userId()).freeze.isPresent()) {
            throw new RpcError(420, "FROZEN_METHOD_INVALID");
        }
    }

    /** Writes down an attempt that did not reach the people; ids that mean nobody are no people. */
    private void log(Caller caller, Target target, String result) {
        target.how()
                .ifPresent(how -> target.personIds().stream()
                        .filter(world.state().people::containsKey)
                        .map(person ->
                                new Contact(world.now(), caller.userId(), person, how, target.chatId(), result, false))
                        .forEach(contact -> world.emit(new WorldEvent.Contacted(contact))));
    }

    // ---- faults

    /** @param before how often it fired earlier */
    private record Firing(Fault fault, int before) {}

    private List<Firing> firing(Method method, Caller caller, Target target) {
        List<Firing> firing = new ArrayList<>();
        WorldState state = world.state();
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            if (!fault.matches(method, caller, target)) {
                continue;
            }
            int before = state.faultsFired.getOrDefault(i, 0);
            if (state.faultsPassed.getOrDefault(i, 0) < fault.after()) {
                world.emit(new WorldEvent.FaultPassed(i));
            } else if (before < fault.times()) {
                world.emit(new WorldEvent.FaultFired(i));
                firing.add(new Firing(fault, before));
                if (stops(fault.kind())) {
                    break;
                }
            }
        }
        return firing;
    }

    /** Later faults don't see a call that ended here. */
    private static boolean stops(Fault.Kind kind) {
        return !kind.afterEffect() && kind != Fault.Kind.JOINED_ALONE;
    }

    private void before(Firing firing, Caller caller, Target target) {
        Fault fault = firing.fault;
        switch (fault.kind()) {
            case ERROR -> throw fault.error().orElseThrow();
            case SERVER_ERROR -> throw new RpcError(500, SERVER_ERROR);
            case DONE_THEN_SERVER_ERROR -> {
                if (firing.before > 0) {
                    throw new FailedAfterwards();
                }
            }
            case CONNECTION_DROPPED -> throw new NoAnswer("connection dropped", true);
            case REQUEST_LOST -> {
                log(caller, target, "request-lost");
                throw new NoAnswer("request lost", false);
            }
            case LATE -> {
                log(caller, target, "late");
                target.act().ifPresent(act -> world.defer(fault.delay(), act));
                throw new NoAnswer("late", false);
            }
            case SESSION_REVOKED -> throw world.logins().end(caller.authKeyId(), 401, "SESSION_REVOKED");
            case ACCOUNT_BANNED -> throw world.logins().ban(caller);
            case JOINED_ALONE ->
                target.personIds().forEach(person -> world.acts().perform(new Act.Join(target.chatId(), person)));
            case ANSWER_LOST,
                    ADDED_THEN_LEFT,
                    DELETED_FOR_BOTH_SIDES,
                    DONE_THEN_SESSION_REVOKED,
                    DONE_THEN_CONNECTION_DROPPED -> {
                // These act after the effect.
            }
        }
    }

    private void after(Fault fault, Caller caller, Target target) {
        switch (fault.kind()) {
            case ANSWER_LOST -> throw new NoAnswer("answer lost", false);
            case DONE_THEN_SERVER_ERROR -> throw new FailedAfterwards();
            case DONE_THEN_CONNECTION_DROPPED -> throw new NoAnswer("done, then the connection dropped", true);
            case DONE_THEN_SESSION_REVOKED ->
                throw new FailedAfterwards(world.logins().end(caller.authKeyId(), 401, "SESSION_REVOKED"));
            case ADDED_THEN_LEFT ->
                target.personIds().forEach(person -> later(fault.delay(), new Act.Leave(target.chatId(), person)));
            case DELETED_FOR_BOTH_SIDES ->
                target.act().flatMap(Gate::deletionOf).ifPresent(deletion -> later(fault.delay(), deletion));
            default -> {
                // Acted before the effect.
            }
        }
    }

    private static Optional<Act> deletionOf(Act act) {
        return switch (act) {
            case Act.Send send -> Optional.of(new Act.DeleteLastMessage(send.fromId(), send.toId()));
            case Act.Post post -> Optional.of(new Act.DeleteLastPost(post.fromId(), post.chatId()));
            default -> Optional.empty();
        };
    }

    /** The server did it and then failed. */
    private static final class FailedAfterwards extends RpcError {
        private static final long serialVersionUID = 1;

        FailedAfterwards() {
            super(500, SERVER_ERROR);
        }

        FailedAfterwards(RpcError end) {
            super(end.code(), end.text());
        }
    }

    private void later(Duration delay, Act act) {
        if (delay.isZero()) {
            world.acts().perform(act);
        } else {
            world.defer(delay, act);
        }
    }

    /** Each scripted fault, with how often it fired. */
    List<Truth.FaultLook> faults() {
        return IntStream.range(0, faults.size())
                .mapToObj(i -> new Truth.FaultLook(
                        faults.get(i), world.state().faultsFired.getOrDefault(i, 0)))
                .toList();
    }

    // ---- flood budgets

    /** Charges a call to its budgets; answers how long to wait when one is spent. */
    Optional<Duration> spend(Method method, long userId) {
        Instant now = world.now();
        for (int i = 0; i < floods.size(); i++) {
            FloodRule rule = floods.get(i);
            if (rule.binds(method, userId)) {
                Optional<Duration> wait = spend(i, rule, userId, now);
                if (wait.isPresent()) {
                    return wait;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Duration> spend(int index, FloodRule rule, long userId, Instant now) {
        WorldState.FloodKey key = new WorldState.FloodKey(index, userId);
        Instant until = world.state().floodUntil.getOrDefault(key, Instant.MIN);
        if (now.isBefore(until)) {
            return Optional.of(Duration.between(now, until));
        }
        Deque<Instant> counted = world.state().floodCounts.computeIfAbsent(key, k -> new ArrayDeque<>());
        while (!counted.isEmpty() && !counted.peekFirst().plus(rule.per()).isAfter(now)) {
            counted.removeFirst();
        }
        if (counted.size() >= rule.calls()) {
            world.emit(new WorldEvent.FloodStarted(index, userId, now.plus(rule.pause())));
            return Optional.of(rule.pause());
        }
        world.emit(new WorldEvent.FloodCounted(index, userId, now));
        return Optional.empty();
    }
}
