/**
 * What makes a worker process of a chaos run differ from production's: a trap at every named step, and a jar of rewritten
 * classes that takes one protection out, or shortens the long waits. Nothing of it is in the worker's or the ledger's own
 * artefacts, and no jar is made when what it should rewrite is not there.
 */
package dev.beckon.demo.chaos.testbuild;
