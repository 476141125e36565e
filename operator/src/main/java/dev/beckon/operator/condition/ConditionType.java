package dev.beckon.operator.condition;

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
    LastAction
}
