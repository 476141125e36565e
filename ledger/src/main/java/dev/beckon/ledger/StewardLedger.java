package dev.beckon.ledger;

import dev.beckon.ledger.content.ContentRetention;
import dev.beckon.ledger.invite.ContactRecords;
import dev.beckon.ledger.invite.Erasure;
import dev.beckon.ledger.invite.PersonRecords;
import dev.beckon.ledger.invite.Retention;
import dev.beckon.ledger.invite.StrandedContacts;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.parser.DatasetErasure;
import dev.beckon.ledger.parser.DatasetReader;
import dev.beckon.ledger.parser.DatasetVault;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.steward.SuppressionFile;
import dev.beckon.ledger.steward.SuppressionList;
import java.time.Duration;
import java.time.InstantSource;

/** The ledger as a steward of the team uses it: the suppression list with its audit, what is kept of one person, and for how long. */
public final class StewardLedger implements AutoCloseable {
    private final Database database;
    private final SuppressionList suppressions;
    private final SuppressionFile file;
    private final PersonRecords people;
    private final Erasure erasure;
    private final ContactRecords contacts;
    private final StrandedContacts stranded;
    private final DatasetErasure datasets;
    private final DatasetReader datasetReader;
    private final Retention retention;
    private final ContentRetention content;

    private StewardLedger(Database database, LedgerKeys keys) {
        this.database = database;
        PersonVault vault = new PersonVault(keys.fieldCipher(), keys.lookupKeys());
        this.suppressions = new SuppressionList(database, vault);
        this.people = new PersonRecords(database, vault);
        this.erasure = new Erasure(database, vault);
        this.contacts = new ContactRecords(database, vault);
        this.stranded = new StrandedContacts(database, keys.fieldCipher());
        DatasetVault lines = new DatasetVault(keys.fieldCipher(), keys.lookupKeys());
        this.datasets = new DatasetErasure(database, lines);
        this.datasetReader = new DatasetReader(database, lines);
        this.retention = new Retention(database, people, erasure);
        this.content = new ContentRetention(database);
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

    public PersonRecords people() {
        return people;
    }

    public Erasure erasure() {
        return erasure;
    }

    /** Who was contacted when, as far as it keeps people from being contacted again. */
    public ContactRecords contacts() {
        return contacts;
    }

    /** Phones that dead workers left in address books. */
    public StrandedContacts stranded() {
        return stranded;
    }

    public Retention retention() {
        return retention;
    }

    /** What schedules published. */
    public ContentRetention content() {
        return content;
    }

    /** What parsers found of people. */
    public DatasetErasure datasets() {
        return datasets;
    }

    /** Whole datasets. */
    public DatasetReader datasetReader() {
        return datasetReader;
    }

    /** By how much the injected clock is ahead of the database's (negative: behind). With a large skew nothing should be forgotten. */
    public Duration clockSkew() {
        return database.clockSkew();
    }

    @Override
    public void close() {
        database.close();
    }
}
