/** Hints of workers over Redis: what changed in the ledger, told at once instead of found by looking. */
package dev.beckon.operator.hint;
