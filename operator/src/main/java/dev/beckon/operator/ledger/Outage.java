package dev.beckon.operator.ledger;

import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is told while the ledger is away. That it is away is a condition of its own; what a resource waits for besides stays
 * its reason, for the outage changes nothing about it. Pure.
 */
public final class Outage {
    /** With these work would go on now: then the ledger is what it waits for. */
    private static final Set<Reason> UNDER_WAY =
            EnumSet.of(Reason.Pending, Reason.Importing, Reason.Running, Reason.LedgerUnavailable);

    private static final Set<ConditionType> OF_WORK =
            EnumSet.of(ConditionType.Ready, ConditionType.Succeeded, ConditionType.Reconciling, ConditionType.Stalled);

    private Outage() {}

    /**
     * What a status tells of its resource's work.
     *
     * @param observedGeneration null before the first status
     * @param waitingFor null when it waits for nothing
     * @param next when it goes on, or is due; null when no time is known
     */
    public record Told(List<Condition> conditions, Long observedGeneration, String waitingFor, Instant next) {
        /** Before the first status. */
        public static final Told NOTHING = new Told(List.of(), null, null, null);

        /** Until when this is so by itself; empty when that has passed, or no time is known. */
        public Optional<Instant> until(Instant now) {
            return Optional.ofNullable(next).filter(at -> at.isAfter(now));
        }
    }

    /** @param next when it goes on; never a time that has passed */
    public record Kept(Verdict conditions, Optional<Reason> waitingFor, Optional<Instant> next) {}

    /**
     * What is told now. An edited resource was not judged since, and a time that has come can't be kept: both wait for the
     * ledger.
     *
     * @param generation of the resource now
     * @param waits what its conditions say when it waits for nothing but the ledger
     */
    public static Kept tell(Told before, long generation, Instant now, Supplier<Verdict> waits) {
        return own(before)
                .filter(it -> Objects.equals(before.observedGeneration, generation))
                .filter(it -> ConditionType.Stalled.isTrueIn(before.conditions)
                        || before.next == null
                        || before.next.isAfter(now))
                .map(it -> new Kept(it, Optional.ofNullable(before.waitingFor).flatMap(Reason::of), before.until(now)))
                .orElseGet(() -> new Kept(waits.get(), Optional.of(Reason.LedgerUnavailable), Optional.empty()));
    }

    /** Empty when there was none but the ledger, or one of another release. */
    private static Optional<Verdict> own(Told before) {
        Map<ConditionType, Verdict.Said> own = new EnumMap<>(ConditionType.class);
        for (ConditionType type : OF_WORK) {
            type.in(before.conditions)
                    .ifPresent(it -> Reason.of(it.getReason())
                            .filter(reason -> !UNDER_WAY.contains(reason))
                            .ifPresent(reason -> own.put(
                                    type, new Verdict.Said("True".equals(it.getStatus()), reason, it.getMessage()))));
        }
        return own.containsKey(ConditionType.Stalled) ? Optional.of(new Verdict(own)) : Optional.empty();
    }
}
