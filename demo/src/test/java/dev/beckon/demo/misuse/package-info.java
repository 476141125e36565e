/**
 * Somebody who wants Beckon to spam, and has no more than kubectl: the whole environment of the demo, judged by what Telegram saw. What
 * can't be tried in minutes (weeks that pass, restored backups, two clusters) is in the worker's own suite of the same name.
 */
package dev.beckon.demo.misuse;
