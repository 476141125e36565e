package dev.beckon.ledger;

import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.steward.SuppressionFile;
import dev.beckon.ledger.steward.SuppressionList;
import java.time.InstantSource;

/** The ledger as a steward of the team uses it: the suppression list and its audit, and nothing else. */
public final class StewardLedger implements AutoCloseable {
    private final Database database;
    private final SuppressionList suppressions;
    private final SuppressionFile file;

    private StewardLedger(Database database, LedgerKeys keys) {
        this.database = database;
        this.suppressions = new SuppressionList(database, new PersonVault(keys.fieldCipher(), keys.lookupKeys()));
        this.file = new SuppressionFile(keys.lookupKeys());
    }

    /** Opens a pool to the ledger. Nothing is connected before the first call. */
    public static StewardLedger open(LedgerConfig config, LedgerKeys keys, InstantSource clock) {
        return new StewardLedger(new Database(Database.pool(config), clock), keys);
    }

    public SuppressionList suppressions() {
        return suppressions;
    }

    /** The list as a file, with these keys. */
    public SuppressionFile file() {
        return file;
    }

    @Override
    public void close() {
        database.close();
    }
}
