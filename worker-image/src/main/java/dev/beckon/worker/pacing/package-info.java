/**
 * When the next person may be contacted: the pause between two people, the contact window, and whether a wait is slept or
 * gives the pod back. Pure functions of the time given; nothing here reads a clock.
 */
package dev.beckon.worker.pacing;
