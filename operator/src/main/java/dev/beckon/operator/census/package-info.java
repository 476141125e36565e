/** What the statuses of all resources say together, as metrics: sums by namespace, kind and word, never a resource or a person by name. */
package dev.beckon.operator.census;
