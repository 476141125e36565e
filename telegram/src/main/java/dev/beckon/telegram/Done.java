package dev.beckon.telegram;

/** The value of an answer that says only that something was done. */
public enum Done {
    DONE
}
