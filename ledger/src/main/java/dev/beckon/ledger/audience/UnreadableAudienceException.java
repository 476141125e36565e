package dev.beckon.ledger.audience;

import dev.beckon.ledger.LedgerException;

/** The audience as a whole can't be read; the message is a sentence for whoever made it. */
public class UnreadableAudienceException extends LedgerException {
    private static final long serialVersionUID = 1L;

    public UnreadableAudienceException(String sentence) {
        super(sentence);
    }
}
