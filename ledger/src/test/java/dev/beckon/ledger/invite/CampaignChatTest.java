package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The chat to which a campaign's target led first is its chat for good. */
class CampaignChatTest extends OneCampaign {
    private final Campaigns campaigns = fixture.ledger.campaigns();

    @Test
    void theFirstChatStaysForEveryAccount() {
        assertThat(campaigns.leadsTo(lease, campaign, fixture.chat)).contains(fixture.chat);
        assertThat(campaigns.leadsTo(lease, campaign, fixture.chat)).contains(fixture.chat);
        assertThat(campaigns.leadsTo(lease, campaign, fixture.chat - 1)).contains(fixture.chat);
        assertThat(campaigns.leadsTo(fixture.lease(fixture.account()), campaign, fixture.chat - 1))
                .contains(fixture.chat);
    }

    @Test
    void anotherCampaignHasAnotherChat() {
        campaigns.leadsTo(lease, campaign, fixture.chat);
        assertThat(campaigns.leadsTo(lease, fixture.campaign(account), fixture.chat - 1))
                .contains(fixture.chat - 1);
    }

    @Test
    void whoLostTheLeaseKeepsNothing() {
        fixture.ledger.leases().release(lease);
        assertThat(campaigns.leadsTo(lease, campaign, fixture.chat)).isEmpty();
        assertThat(campaigns.entered(lease, campaign)).isFalse();
        assertThat(campaigns.leadsTo(fixture.lease(account), campaign, fixture.chat - 1))
                .contains(fixture.chat - 1);
    }

    @Test
    void whoEnteredWaitsForNoAdministrator() {
        campaigns.asksToJoin(lease, campaign);
        campaigns.leadsTo(lease, campaign, fixture.chat);
        assertThat(campaigns.hasAskedToJoin(lease, campaign)).isTrue();
        assertThat(campaigns.entered(lease, campaign)).isTrue();
        assertThat(campaigns.hasAskedToJoin(lease, campaign)).isFalse();
    }
}
