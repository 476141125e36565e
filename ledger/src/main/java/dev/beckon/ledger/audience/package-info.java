/**
 * Brings an audience into the ledger: a file is read line by line, each line judged by itself, batches written in
 * transactions that remember how far they came. A bad line costs only itself; a killed import goes on where it was.
 */
package dev.beckon.ledger.audience;
