/**
 * The operator's view of the ledger: what it asks of it ({@link dev.beckon.operator.ledger.LedgerDoor}), and the book of the
 * last reports, which one thread keeps up to date so that no reconciler waits for a database.
 */
package dev.beckon.operator.ledger;
