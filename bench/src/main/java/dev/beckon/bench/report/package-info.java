/** What was measured, whether it meets its goal, and how it is told: pure, but for {@link dev.beckon.bench.report.Store}. */
package dev.beckon.bench.report;
