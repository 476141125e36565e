package dev.beckon.ledger.audience;

/** The audience has no line that names anybody, not even one that can't be read. */
public final class EmptyAudienceException extends UnreadableAudienceException {
    private static final long serialVersionUID = 1L;

    EmptyAudienceException(String sentence) {
        super(sentence);
    }
}
