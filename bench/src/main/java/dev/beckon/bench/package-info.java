/**
 * {@code make bench}: each benchmark measures Beckon and what it replaces on the same real servers, in turns, and the page
 * docs/benchmarks.md is made of what came out. Nothing here runs in {@code make test} but the tests of what is pure.
 */
package dev.beckon.bench;
