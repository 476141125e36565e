/** An account's Telegram session between two workers: from the ledger to the pod's memory and back. */
package dev.beckon.worker.session;
