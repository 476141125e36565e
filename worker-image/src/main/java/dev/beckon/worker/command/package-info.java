/** The worker's command line: what each command needs is gathered here, and its end becomes exit code and result document. */
package dev.beckon.worker.command;
