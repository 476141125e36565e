/**
 * Somebody who wants Beckon to spam, and has no more than kubectl or a webhook's token: the whole environment of the demo, judged by what
 * Telegram saw. What can't be tried in minutes (weeks that pass, clocks, restored backups, two clusters) is in the worker's own suite of the
 * same name.
 */
package dev.beckon.demo.misuse;
