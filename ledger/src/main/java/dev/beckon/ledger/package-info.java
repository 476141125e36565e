/**
 * The ledger: what Beckon knows and must never forget, in MySQL. {@link dev.beckon.ledger.Ledger} is the worker's door to it
 * (with keys), {@link dev.beckon.ledger.OperatorLedger} the operator's (without). Each small repository behind them owns one
 * concern and writes in short transactions, so that a process may die between any two of them.
 */
package dev.beckon.ledger;
