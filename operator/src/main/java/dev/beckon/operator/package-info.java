/**
 * The operator program: what its two reconcilers share – the settings, the connection to the ledger and to Redis, health,
 * metrics and events.
 */
package dev.beckon.operator;
