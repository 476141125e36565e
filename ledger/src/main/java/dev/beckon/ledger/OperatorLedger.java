package dev.beckon.ledger;

import dev.beckon.ledger.accounts.Accounts;
import dev.beckon.ledger.accounts.Leases;
import dev.beckon.ledger.accounts.LoginCodes;
import dev.beckon.ledger.content.PostDecisions;
import dev.beckon.ledger.invite.Breakers;
import dev.beckon.ledger.invite.Campaigns;
import dev.beckon.ledger.invite.HumanDecisions;
import dev.beckon.ledger.report.Reports;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.webhook.WebhookDoors;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;

/**
 * The ledger as the operator uses it: reports and people's decisions, without keys. {@link Leases} serves it for wishes to
 * yield; its database user can't take a lease.
 */
public final class OperatorLedger implements AutoCloseable {
    private final Database database;
    private final Accounts accounts;
    private final Leases leases;
    private final LoginCodes loginCodes;
    private final Campaigns campaigns;
    private final Breakers breakers;
    private final HumanDecisions decisions;
    private final PostDecisions postDecisions;
    private final Reports reports;
    private final WebhookDoors webhooks;

    private OperatorLedger(DataSource dataSource, Duration leaseMargin, InstantSource clock) {
        this.database = new Database(dataSource, clock);
        this.accounts = new Accounts(database);
        this.leases = new Leases(database, accounts, leaseMargin);
        this.loginCodes = new LoginCodes(database, accounts);
        this.campaigns = new Campaigns(database, accounts);
        this.breakers = new Breakers(database, campaigns);
        this.decisions = new HumanDecisions(database, campaigns, accounts);
        this.postDecisions = new PostDecisions(database);
        this.reports = new Reports(database);
        this.webhooks = new WebhookDoors(database, campaigns, accounts);
    }

    /** Opens a pool to the ledger. Nothing is connected before the first call. */
    public static OperatorLedger open(LedgerConfig config, InstantSource clock) {
        return new OperatorLedger(Database.pool(config), config.leaseMargin(), clock);
    }

    public Accounts accounts() {
        return accounts;
    }

    public Leases leases() {
        return leases;
    }

    public LoginCodes loginCodes() {
        return loginCodes;
    }

    public Campaigns campaigns() {
        return campaigns;
    }

    public Breakers breakers() {
        return breakers;
    }

    public HumanDecisions decisions() {
        return decisions;
    }

    /** What people decide about posts. */
    public PostDecisions postDecisions() {
        return postDecisions;
    }

    public Reports reports() {
        return reports;
    }

    /** Doors of webhook campaigns, to be opened and closed. */
    public WebhookDoors webhooks() {
        return webhooks;
    }

    /** By how much the injected clock is ahead of the database's; negative: behind. */
    public Duration clockSkew() {
        return database.clockSkew();
    }

    @Override
    public void close() {
        database.close();
    }
}
