package dev.beckon.operator.worker;

import dev.beckon.operator.condition.Reason;

/**
 * Something a worker needs is not there.
 *
 * @param message what, where, and how to mend it
 */
public record Missing(Reason reason, String message) {}
