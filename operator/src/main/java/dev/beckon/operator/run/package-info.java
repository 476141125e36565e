/**
 * What the kinds have in common whose runs use one account, once or by a schedule: what a pass sees
 * ({@link dev.beckon.operator.run.RunScene}), what is to be done ({@link dev.beckon.operator.run.RunPlan}), who does it
 * ({@link dev.beckon.operator.run.RunActor}) and how it is told ({@link dev.beckon.operator.run.RunVerdict}). Each kind adds
 * when a run is done, and its own words.
 */
package dev.beckon.operator.run;
