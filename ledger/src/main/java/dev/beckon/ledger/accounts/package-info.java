/** The team's Telegram accounts: their state, the lease that keeps a session to one process, the session itself, their use. */
package dev.beckon.ledger.accounts;
