package dev.beckon.ledger.invite;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.people.Identities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** A campaign of one account, whose lease is held, and somebody to be invited. */
@Tag("integration")
abstract class OneCampaign {
    final LedgerFixture fixture = new LedgerFixture();
    final Intents intents = fixture.ledger.intents();
    final String phone = LedgerFixture.phone();
    String account;
    Lease lease;
    String campaign;

    @BeforeEach
    void begin() {
        account = fixture.account();
        lease = fixture.lease(account);
        campaign = fixture.campaign(account);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    OpenResult open(Claim claim, Action action, Identities learned) {
        return intents.open(lease, claim, fixture.request(claim, action, learned));
    }

    OpenResult open(Claim claim) {
        return open(claim, Action.Invite, claim.person().identities());
    }

    /** Imports this one line and claims whom it names. */
    Claim only(String campaignUid, String line) {
        fixture.importLines(campaignUid, line);
        return fixture.claim(lease, campaignUid);
    }
}
