package dev.beckon.ledger;

/**
 * The database refused a statement. Its message names the step and the database's error numbers and nothing else: the
 * driver's own message and the bound values may carry people's data, so they are never kept.
 */
public class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerException(String message) {
        super(message);
    }
}
