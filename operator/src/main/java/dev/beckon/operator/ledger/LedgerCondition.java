package dev.beckon.operator.ledger;

import static dev.beckon.operator.condition.ConditionType.LedgerAvailable;

import dev.beckon.crd.TrippedBreaker;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** What a status says of the ledger itself. Pure. */
public final class LedgerCondition {
    private LedgerCondition() {}

    /**
     * The verdict with the condition {@code LedgerAvailable}; as it was while nobody has answered yet. Of a resource that rests, or has ended,
     * which is what its other conditions say, this one tells that the ledger is behind: nobody should learn that only when it is to go on.
     *
     * @param hints whether changes are told by hints
     * @param breaker what the resource's status tells a person to acknowledge
     */
    public static Verdict with(
            Verdict verdict,
            Reading<?> reading,
            boolean hints,
            HasMetadata resource,
            Optional<TrippedBreaker> breaker) {
        boolean told = verdict.conditions().values().stream().anyMatch(it -> it.reason() == Reason.LedgerBehindStatus);
        Optional<TrippedBreaker> behind = told ? Optional.empty() : breaker.flatMap(RestoredLedger::standing);
        return switch (reading) {
            case Reading.Asked<?> asked -> verdict;
            case Reading.Unreachable<?> it ->
                verdict.and(LedgerAvailable, false, Reason.LedgerUnavailable, away(it.why()));
            case Reading.Known<?> known
            when behind.isPresent() ->
                verdict.and(
                        LedgerAvailable,
                        true,
                        Reason.LedgerBehindStatus,
                        RestoredLedger.sentence(resource, behind.get()));
            case Reading.Known<?> known ->
                hints
                        ? verdict.and(
                                LedgerAvailable, true, Reason.Connected, "The ledger answers; workers send hints.")
                        : verdict.and(
                                LedgerAvailable,
                                true,
                                Reason.ConnectedWithoutHints,
                                "The ledger answers; without Redis, progress is looked at now and then.");
        };
    }

    /** The sentence that tells of an outage. */
    public static String away(String why) {
        return why + " No worker is started until it can be reached.";
    }

    /** The number a status carries: it never falls, so that a ledger that is behind is still seen to be. */
    public static Long sequence(Long before, Reading<?> reading) {
        if (!(reading instanceof Reading.Known<?> known)) {
            return before;
        }
        return before == null ? Long.valueOf(known.sequence()) : Long.valueOf(Math.max(before, known.sequence()));
    }
}
