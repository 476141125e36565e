package dev.beckon.operator.ledger;

import static dev.beckon.operator.condition.ConditionType.LedgerAvailable;

import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict;

/** What a status says of the ledger itself. Pure. */
public final class LedgerCondition {
    private LedgerCondition() {}

    /**
     * The verdict with the condition {@code LedgerAvailable}; as it was while nobody has answered yet.
     *
     * @param hints whether changes are told by hints
     */
    public static Verdict with(Verdict verdict, Reading<?> reading, boolean hints) {
        return switch (reading) {
            case Reading.Asked<?> asked -> verdict;
            case Reading.Unreachable<?> it ->
                verdict.and(LedgerAvailable, false, Reason.LedgerUnavailable, away(it.why()));
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
