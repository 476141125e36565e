/** Databases, migrations and grants: run once per release by a person or a Job with an administrator's credentials. */
package dev.beckon.ledger.schema;
