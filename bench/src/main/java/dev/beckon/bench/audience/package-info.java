/** How fast an audience comes into the ledger. */
package dev.beckon.bench.audience;
