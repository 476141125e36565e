/**
 * An {@code AutopostSchedule}, from its declaration to its posts. Read in this order:
 * {@link dev.beckon.operator.autopost.AutopostReconciler}, {@link dev.beckon.operator.autopost.AutopostPlanner} (what is to be
 * done), {@link dev.beckon.operator.run.RunActor} (does it), {@link dev.beckon.operator.autopost.AutopostStatusFactory} (tells
 * it). The schedule is a CronJob whose Jobs begin suspended: Kubernetes decides when one is due, the account's turn when it
 * begins; one run publishes one post.
 */
package dev.beckon.operator.autopost;
