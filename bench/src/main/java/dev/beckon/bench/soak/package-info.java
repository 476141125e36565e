/**
 * {@code make soak}: a day's work of one session on an accelerated clock, and what native memory it costs. The session lives in a
 * process of its own with a worker's JVM, so that nothing else is in the figure.
 */
package dev.beckon.bench.soak;
