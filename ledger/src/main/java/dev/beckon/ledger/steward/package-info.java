/** What people of the team do to the ledger by hand, with a database user of its own, and the audit of it. */
package dev.beckon.ledger.steward;
