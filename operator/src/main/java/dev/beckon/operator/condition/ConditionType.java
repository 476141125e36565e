package dev.beckon.operator.condition;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/**
 * The types of our conditions, in the order in which a status lists them.
 *
 * <p>{@link #Reconciling} and {@link #Stalled} are the abnormal-true conditions of kstatus (sigs.k8s.io/cli-utils,
 * pkg/kstatus): with neither of them true, a resource whose generation was observed is current.
 */
public enum ConditionType {
    /** Of long-running kinds: it can be used now. */
    Ready,
    /** Of bounded kinds: everything is done. */
    Succeeded,
    /** Work is under way and will go on without a person. */
    Reconciling,
    /** Nothing goes on until a person does something. */
    Stalled,
    /** What this status says comes from the ledger, and how fresh it is. */
    LedgerAvailable,
    /** What became of the last annotation by which a person asked for something. */
    LastAction;

    /** The condition of this type, if it is there. */
    public Optional<Condition> in(List<Condition> conditions) {
        return conditions.stream().filter(it -> name().equals(it.getType())).findFirst();
    }

    /** Whether there is such a condition, and it is true. */
    public boolean isTrueIn(List<Condition> conditions) {
        return in(conditions).filter(it -> "True".equals(it.getStatus())).isPresent();
    }
}
