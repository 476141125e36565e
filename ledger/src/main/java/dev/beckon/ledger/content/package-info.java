/**
 * What schedules publish: whose turn a post is, and what became of it in each target. An intent is written before a call to
 * Telegram and settled after it; a post's use and the run that has it are one transaction, so no post has its turn twice.
 */
package dev.beckon.ledger.content;
