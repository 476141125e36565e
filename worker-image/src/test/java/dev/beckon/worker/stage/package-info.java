/** A stage for whole runs: a simulated Telegram, a real database, and worker processes that can be killed at any step. */
package dev.beckon.worker.stage;
