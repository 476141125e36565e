/**
 * What parser runs found: datasets, their people encrypted, and where each run's next page begins. A page and its position are
 * one transaction, so a run that was killed goes on without losing or doubling a row.
 */
package dev.beckon.ledger.parser;
