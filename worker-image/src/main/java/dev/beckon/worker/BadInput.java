package dev.beckon.worker;

/** Something a person wrote can't be used. The message is one sentence: what, where, and how to mend it. */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    /** With the general reason, BadInput. */
    public BadInput(String sentence) {
        this("BadInput", sentence);
    }

    /** @param reason the word of the result document */
    public BadInput(String reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    /** With the general reason, BadInput. */
    public BadInput(String sentence, Throwable cause) {
        super(sentence, cause);
        this.reason = "BadInput";
    }

    public String reason() {
        return reason;
    }
}
