package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.invite.ContactRecords.Contacted;
import dev.beckon.ledger.people.Identities;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When somebody was contacted can be shown to them, also after they were erased. */
class ContactRecordsTest extends OneCampaign {
    private final StewardLedger steward = fixture.database.stewardLedger(fixture.keys, fixture.clock);

    @AfterEach
    void closeSteward() {
        steward.close();
    }

    private List<Contacted> contacts(Identities name) {
        return steward.contacts().find(List.of(name));
    }

    @Test
    void aCallThatIsUnderWayIsShownAsSuch() {
        fixture.open(lease, only(campaign, phone), Action.Invite);
        assertThat(contacts(Identities.ofPhone(phone)))
                .containsExactly(new Contacted(
                        fixture.clock.instant(),
                        Optional.empty(),
                        Optional.of("team"),
                        Optional.of("meetup"),
                        fixture.chat,
                        "Invite",
                        true,
                        Optional.empty(),
                        true));
    }

    @Test
    void whoWasErasedIsStillToldWhenTheyWereContactedAndNobodyElseIs() {
        intents.settle(lease, fixture.open(lease, only(campaign, phone), Action.Invite), Settlement.invited());
        steward.people().find(Identities.ofPhone(phone)).forEach(steward.erasure()::erase);

        assertThat(contacts(Identities.ofPhone(phone))).singleElement().satisfies(contact -> {
            assertThat(contact.open()).isFalse();
            assertThat(contact.status()).contains("Invited");
            assertThat(contact.counts()).isTrue();
        });
        assertThat(contacts(Identities.ofPhone(LedgerFixture.phone()))).isEmpty();
    }

    @Test
    void whatThePersonDidNotNoticeCountsForNoCapAndIsShownAsWell() {
        intents.settle(lease, fixture.open(lease, only(campaign, phone), Action.Invite), Settlement.alreadyMember());
        assertThat(contacts(Identities.ofPhone(phone)))
                .singleElement()
                .satisfies(contact -> assertThat(contact.counts()).isFalse());
    }
}
