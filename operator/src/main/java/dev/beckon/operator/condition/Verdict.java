package dev.beckon.operator.condition;

import java.util.EnumMap;
import java.util.Map;

/**
 * What one pass says of a resource's conditions. Of {@link ConditionType#Reconciling} and {@link ConditionType#Stalled} at
 * most one is true.
 */
public record Verdict(Map<ConditionType, Said> conditions) {

    /** One condition: its status with reason and sentence. */
    public record Said(boolean status, Reason reason, String message) {}

    public Verdict {
        conditions = Map.copyOf(conditions);
    }

    /** It is as declared: {@code goal} is true, nothing goes on and nothing stands in the way. */
    public static Verdict reached(ConditionType goal, Reason reason, String message) {
        return of(goal, true, false, false, reason, message);
    }

    /** Work goes on, or resumes by itself. */
    public static Verdict underWay(ConditionType goal, Reason reason, String message) {
        return of(goal, false, true, false, reason, message);
    }

    /** A person must do something. */
    public static Verdict stalled(ConditionType goal, Reason reason, String message) {
        return of(goal, false, false, true, reason, message);
    }

    /** A person wanted it to rest: neither under way nor in trouble. */
    public static Verdict resting(ConditionType goal, Reason reason, String message) {
        return of(goal, false, false, false, reason, message);
    }

    private static Verdict of(
            ConditionType goal, boolean reached, boolean underWay, boolean stalled, Reason reason, String message) {
        Map<ConditionType, Said> said = new EnumMap<>(ConditionType.class);
        said.put(goal, new Said(reached, reason, message));
        said.put(ConditionType.Reconciling, new Said(underWay, reason, message));
        said.put(ConditionType.Stalled, new Said(stalled, reason, message));
        return new Verdict(said);
    }

    /** The same with one more condition. */
    public Verdict and(ConditionType type, boolean status, Reason reason, String message) {
        Map<ConditionType, Said> said = new EnumMap<>(conditions);
        said.put(type, new Said(status, reason, message));
        return new Verdict(said);
    }
}
