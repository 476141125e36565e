/** Real databases for tests and the demo: an embedded MariaDB, or a MySQL server unpacked on this machine. */
package dev.beckon.ledger.testing;
