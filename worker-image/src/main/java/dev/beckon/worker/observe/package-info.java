/** What a worker tells while it works: hints to the operator, log lines. All of it may be lost without harm. */
package dev.beckon.worker.observe;
