package dev.beckon.operator.hint;

/** Whether workers can tell us at once what changed. */
public interface Hints {
    /** Whether Redis is named in the settings. */
    boolean configured();

    /** Whether hints arrive now. */
    boolean connected();
}
