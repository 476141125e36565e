/**
 * Conditions as kstatus reads them: the words they use ({@link dev.beckon.operator.condition.Reason}), what a pass says
 * ({@link dev.beckon.operator.condition.Verdict}) and how it is merged with what stood there before.
 */
package dev.beckon.operator.condition;
