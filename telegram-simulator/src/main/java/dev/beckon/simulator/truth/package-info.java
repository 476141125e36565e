/**
 * The doors through which tests and people look at a world: the read-only truth door, by which tests judge, and the control
 * door, by which a demo does what another device or a person would do. HTTP on loopback, one JSON object a line.
 */
package dev.beckon.simulator.truth;
