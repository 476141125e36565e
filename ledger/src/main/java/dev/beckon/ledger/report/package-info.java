/** What statuses are made of: a few aggregate rows, readable without keys. */
package dev.beckon.ledger.report;
