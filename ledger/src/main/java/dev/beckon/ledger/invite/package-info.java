/**
 * Campaigns and their people: claim, intent, outcome. A person is at any time exactly one of pending, in flight, done or
 * unknown; an intent is written before a call to Telegram and settled after it, so a call whose answer was lost is known of.
 */
package dev.beckon.ledger.invite;
