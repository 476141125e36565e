package dev.beckon.worker;

/** Something a person wrote can't be used. The message is one sentence: what, where, and how to mend it. */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BadInput(String sentence) {
        super(sentence);
    }

    public BadInput(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
