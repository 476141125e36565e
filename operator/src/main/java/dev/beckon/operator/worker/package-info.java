/**
 * Worker Jobs and Deployments: how they are built ({@link dev.beckon.operator.worker.WorkerJobs}, pure), what is known of those that exist
 * ({@link dev.beckon.operator.worker.WorkerFleet}), and whose turn on an account it is
 * ({@link dev.beckon.operator.worker.Turns}).
 */
package dev.beckon.operator.worker;
