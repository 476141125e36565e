/**
 * The way of a campaign with one account. Read in this order: {@link dev.beckon.worker.invite.InviteRun} (start, loop, end),
 * {@link dev.beckon.worker.invite.PersonStep} (one person), {@link dev.beckon.worker.invite.Verdicts} (what Telegram's
 * answers mean), {@link dev.beckon.worker.invite.OpenIntents} (acts whose answer nobody wrote down).
 */
package dev.beckon.worker.invite;
