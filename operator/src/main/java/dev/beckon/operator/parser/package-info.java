/**
 * A {@code ParserJob}, from its declaration to its dataset. Read in this order:
 * {@link dev.beckon.operator.parser.ParserReconciler}, {@link dev.beckon.operator.parser.ParserPlanner} (what is to be done),
 * {@link dev.beckon.operator.parser.ParserActor} (does it), {@link dev.beckon.operator.parser.ParserStatusFactory} (tells it).
 * A parser with a schedule is a CronJob whose Jobs begin suspended: Kubernetes decides when one is due, the account's turn when
 * it begins.
 */
package dev.beckon.operator.parser;
