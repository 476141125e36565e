package dev.beckon.ledger;

/**
 * The database can't be reached, or the connection broke. A transaction in progress may or may not have been committed: every
 * call of the ledger may be repeated, and finds out.
 */
public class LedgerUnavailableException extends LedgerException {
    private static final long serialVersionUID = 1L;

    public LedgerUnavailableException(String message) {
        super(message);
    }
}
