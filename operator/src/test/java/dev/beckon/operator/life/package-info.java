/**
 * The lives of campaigns through the real API server: the built operator as a process, a real database and Redis, and a
 * scripted program in the place of the worker, which writes to the ledger what a worker would.
 */
package dev.beckon.operator.life;
