package dev.beckon.demo.chaos;

import dev.beckon.ledger.accounts.Priority;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the plan still holds for the workers of one account. */
final class Plans {
    private final Map<Priority, Deque<Sabotage>> byKind = new EnumMap<>(Priority.class);
    private final Deque<Sabotage> handovers;
    private final Deque<Sabotage> listening;

    /** @param campaigns what happens to workers of campaigns */
    Plans(List<Sabotage> campaigns, KindPlan.Each others) {
        for (Priority kind : Priority.values()) {
            byKind.put(kind, new ArrayDeque<>(kind == Priority.Invite ? campaigns : others.of(kind)));
        }
        this.handovers = new ArrayDeque<>(others.handover());
        this.listening = new ArrayDeque<>(others.listening());
    }

    /** What happens next to a worker of a kind. */
    Optional<Sabotage> next(Priority kind) {
        return Optional.ofNullable(byKind.get(kind).peek());
    }

    /** What happens next to a worker whose people come by webhook. */
    Optional<Sabotage> nextListening() {
        return Optional.ofNullable(listening.peek());
    }

    /** What happens next to a worker that is asked to give its account up. */
    Optional<Sabotage> nextHandover() {
        return Optional.ofNullable(handovers.peek());
    }

    /** It happened. */
    void happened(Priority kind) {
        byKind.get(kind).poll();
    }

    /** It happened. */
    void listeningHappened() {
        listening.poll();
    }

    /** It happened. */
    void handoverHappened() {
        handovers.poll();
    }

    /** What did not happen yet. */
    List<Sabotage> left() {
        return Stream.of(byKind.values().stream().flatMap(Deque::stream), listening.stream(), handovers.stream())
                .flatMap(Function.identity())
                .toList();
    }

    int size() {
        return left().size();
    }
}
