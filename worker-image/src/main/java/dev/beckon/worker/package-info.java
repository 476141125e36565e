/**
 * The worker: one process, one account, one work order. {@link dev.beckon.worker.Worker} is its main class; the way of a
 * campaign is told in {@link dev.beckon.worker.invite}.
 */
package dev.beckon.worker;
