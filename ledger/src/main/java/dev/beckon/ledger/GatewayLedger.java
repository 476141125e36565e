package dev.beckon.ledger;

import dev.beckon.ledger.accounts.Accounts;
import dev.beckon.ledger.invite.Campaigns;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.webhook.DoorSeal;
import dev.beckon.ledger.webhook.WebhookDoors;
import dev.beckon.ledger.webhook.WebhookQueue;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;

/** The ledger as a gateway uses it: it finds doors and takes people in, and can read nobody. Thread-safe. */
public final class GatewayLedger implements AutoCloseable {
    private final Database database;
    private final WebhookDoors doors;
    private final WebhookQueue queue;
    private final DoorSeal seal;

    private GatewayLedger(DataSource dataSource, LedgerKeys keys, InstantSource clock) {
        this.database = new Database(dataSource, clock);
        Accounts accounts = new Accounts(database);
        this.doors = new WebhookDoors(database, new Campaigns(database, accounts), accounts);
        this.queue =
                new WebhookQueue(database, new PersonVault(keys.fieldCipher(), keys.lookupKeys()), keys.lookupKeys());
        this.seal = new DoorSeal(keys);
    }

    /** Opens a pool to the ledger. Nothing is connected before the first call. */
    public static GatewayLedger open(LedgerConfig config, LedgerKeys keys, InstantSource clock) {
        return new GatewayLedger(Database.pool(config), keys, clock);
    }

    /** On connections of the caller's, such as ones that a test breaks. */
    public static GatewayLedger open(DataSource dataSource, LedgerKeys keys, InstantSource clock) {
        return new GatewayLedger(dataSource, keys, clock);
    }

    /** Doors to be found; this user can't open any. */
    public WebhookDoors doors() {
        return doors;
    }

    public WebhookQueue queue() {
        return queue;
    }

    /** By which callers are judged. */
    public DoorSeal seal() {
        return seal;
    }

    /** By how much the injected clock is ahead of the database's (negative: behind). With a large skew nobody should be taken in. */
    public Duration clockSkew() {
        return database.clockSkew();
    }

    @Override
    public void close() {
        database.close();
    }
}
