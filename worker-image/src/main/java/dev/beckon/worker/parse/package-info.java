/**
 * The way of a parser's run with one account. Read in this order: {@link dev.beckon.worker.parse.ParseRun} (start, loop, end),
 * {@link dev.beckon.worker.parse.SourceDoor} (the chat and what it shows), {@link dev.beckon.worker.parse.Pages} (where people
 * come from), {@link dev.beckon.worker.parse.Sieve} (who is left out).
 */
package dev.beckon.worker.parse;
