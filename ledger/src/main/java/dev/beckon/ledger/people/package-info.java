/** People as the ledger knows them: identities, and the one spelling each of them has. */
package dev.beckon.ledger.people;
