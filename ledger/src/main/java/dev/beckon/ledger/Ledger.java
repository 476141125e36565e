package dev.beckon.ledger;

import dev.beckon.ledger.accounts.Accounts;
import dev.beckon.ledger.accounts.KeptSessions;
import dev.beckon.ledger.accounts.Leases;
import dev.beckon.ledger.accounts.LoginCodes;
import dev.beckon.ledger.accounts.Sessions;
import dev.beckon.ledger.accounts.Usage;
import dev.beckon.ledger.audience.AudienceImport;
import dev.beckon.ledger.content.PostVault;
import dev.beckon.ledger.content.Publications;
import dev.beckon.ledger.content.PublishRuns;
import dev.beckon.ledger.invite.Breakers;
import dev.beckon.ledger.invite.Campaigns;
import dev.beckon.ledger.invite.Claims;
import dev.beckon.ledger.invite.HandedOver;
import dev.beckon.ledger.invite.ImportedContacts;
import dev.beckon.ledger.invite.Intents;
import dev.beckon.ledger.invite.OutcomeLog;
import dev.beckon.ledger.invite.Suppressions;
import dev.beckon.ledger.keys.FieldCipher;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.parser.DatasetVault;
import dev.beckon.ledger.parser.Datasets;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.report.Reports;
import dev.beckon.ledger.sql.Database;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;

/**
 * The ledger as a worker uses it: with the keys to people and sessions. Thread-safe.
 *
 * <p>Two clocks: the database's judges leases, since all contenders share it; the injected one dates everything else.
 */
public final class Ledger implements AutoCloseable {
    private final Database database;
    private final Accounts accounts;
    private final Leases leases;
    private final Sessions sessions;
    private final KeptSessions keptSessions;
    private final LoginCodes loginCodes;
    private final Usage usage;
    private final Campaigns campaigns;
    private final Claims claims;
    private final Intents intents;
    private final HandedOver handedOver;
    private final Suppressions suppressions;
    private final ImportedContacts importedContacts;
    private final Breakers breakers;
    private final OutcomeLog outcomes;
    private final AudienceImport audienceImport;
    private final Reports reports;
    private final Datasets datasets;
    private final PublishRuns publishRuns;
    private final Publications publications;

    private Ledger(DataSource dataSource, Duration leaseMargin, LedgerKeys keys, InstantSource clock) {
        FieldCipher cipher = keys.fieldCipher();
        PersonVault vault = new PersonVault(cipher, keys.lookupKeys());
        this.database = new Database(dataSource, clock);
        this.accounts = new Accounts(database);
        this.leases = new Leases(database, accounts, leaseMargin);
        this.sessions = new Sessions(database, cipher);
        this.keptSessions = new KeptSessions(database, cipher, keys.lookupKeys());
        this.loginCodes = new LoginCodes(database, accounts);
        this.usage = new Usage(database);
        this.campaigns = new Campaigns(database, accounts);
        this.claims = new Claims(database, campaigns, vault);
        this.intents = new Intents(database, campaigns, claims, vault, cipher);
        this.handedOver = new HandedOver(database, vault, cipher);
        this.suppressions = new Suppressions(database, vault);
        this.importedContacts = new ImportedContacts(database, cipher);
        this.breakers = new Breakers(database, campaigns);
        this.outcomes = new OutcomeLog(database, campaigns, vault);
        this.audienceImport = new AudienceImport(database, campaigns, vault);
        this.reports = new Reports(database);
        this.datasets = new Datasets(database, new DatasetVault(cipher, keys.lookupKeys()));
        PostVault posts = new PostVault(cipher);
        this.publishRuns = new PublishRuns(database, posts);
        this.publications = new Publications(database, posts);
    }

    /** Opens a pool to the ledger. Nothing is connected before the first call. */
    public static Ledger open(LedgerConfig config, LedgerKeys keys, InstantSource clock) {
        return new Ledger(Database.pool(config), config.leaseMargin(), keys, clock);
    }

    /** On connections of the caller's, such as ones that a test breaks. */
    public static Ledger open(DataSource dataSource, Duration leaseMargin, LedgerKeys keys, InstantSource clock) {
        return new Ledger(dataSource, leaseMargin, keys, clock);
    }

    public Accounts accounts() {
        return accounts;
    }

    public Leases leases() {
        return leases;
    }

    public Sessions sessions() {
        return sessions;
    }

    public KeptSessions keptSessions() {
        return keptSessions;
    }

    public LoginCodes loginCodes() {
        return loginCodes;
    }

    public Usage usage() {
        return usage;
    }

    public Campaigns campaigns() {
        return campaigns;
    }

    public Claims claims() {
        return claims;
    }

    public Intents intents() {
        return intents;
    }

    public HandedOver handedOver() {
        return handedOver;
    }

    public Suppressions suppressions() {
        return suppressions;
    }

    public ImportedContacts importedContacts() {
        return importedContacts;
    }

    public Breakers breakers() {
        return breakers;
    }

    public OutcomeLog outcomes() {
        return outcomes;
    }

    public AudienceImport audienceImport() {
        return audienceImport;
    }

    public Reports reports() {
        return reports;
    }

    public Datasets datasets() {
        return datasets;
    }

    public PublishRuns publishRuns() {
        return publishRuns;
    }

    public Publications publications() {
        return publications;
    }

    /** By how much the injected clock is ahead of the database's (negative: behind). A worker with a large skew should not work. */
    public Duration clockSkew() {
        return database.clockSkew();
    }

    @Override
    public void close() {
        database.close();
    }
}
