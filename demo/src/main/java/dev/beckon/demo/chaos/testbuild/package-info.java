/**
 * What makes a worker process of a chaos run differ from production's: a trap at every named step, and a Java agent that
 * takes one protection out, or shortens the long waits, by rewriting classes as they load. Nothing of it is in the worker's
 * or the ledger's own artefacts, and the agent refuses to run when what it should rewrite is not there.
 */
package dev.beckon.demo.chaos.testbuild;
