/**
 * How the ledger talks to MySQL and MariaDB: pool, transactions with bounded retry, errors without values, instants. For the
 * ledger's own rooms only.
 */
package dev.beckon.ledger.sql;
