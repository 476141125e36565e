/**
 * Audiences that are no file in the pod: a parser's dataset, and a file behind a URL, which is fetched only from where it may be.
 */
package dev.beckon.worker.audience;
