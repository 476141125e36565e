package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.invite.ImportedContacts.ImportedContact;
import dev.beckon.ledger.invite.StrandedContacts.Stranded;
import dev.beckon.ledger.people.Identities;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A phone that a dead worker left in an account's address book is shown, erased, and not kept for ever. */
class StrandedContactsTest extends OneCampaign {
    private final ImportedContacts imported = fixture.ledger.importedContacts();
    private final StewardLedger steward = fixture.database.stewardLedger(fixture.keys, fixture.clock);
    private ImportedContact contact;

    @BeforeEach
    void left() {
        contact = imported.record(lease, phone).orElseThrow();
    }

    @AfterEach
    void closeSteward() {
        steward.close();
    }

    private List<Stranded> found(Identities name) {
        return steward.stranded().find(List.of(name)).contacts();
    }

    private boolean isStored() {
        try (Connection connection = fixture.database.admin();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT phone IS NOT NULL OR telegram_user_id IS NOT NULL FROM"
                        + " beckon_invite.imported_contact WHERE contact_id = " + contact.contactId())) {
            row.next();
            return row.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void itIsFoundByItsPhoneAndByNobodyElses() {
        assertThat(found(Identities.ofPhone(phone))).singleElement().satisfies(it -> {
            assertThat(it.since()).isEqualTo(fixture.clock.instant());
            assertThat(it.person()).isEqualTo(Identities.ofPhone(phone));
            assertThat(it.toString()).doesNotContain(phone);
        });
        assertThat(found(Identities.ofPhone(LedgerFixture.phone()))).isEmpty();
        assertThat(found(Identities.ofUsername("bobby"))).isEmpty();
    }

    @Test
    void oneThatOtherKeysWroteKeepsNobodyFromBeingFound() {
        try (LedgerFixture others = new LedgerFixture()) {
            Lease other = others.lease(others.account());
            assertThat(others.ledger.importedContacts().record(other, phone)).isPresent();
            StrandedContacts.Found found = steward.stranded().find(List.of(Identities.ofPhone(phone)));
            assertThat(found.contacts()).extracting(Stranded::contactId).containsExactly(contact.contactId());
            assertThat(found.unreadable()).isPositive();
        }
    }

    @Test
    void itIsFoundByTheUserIdThatTelegramTold() {
        long userId = LedgerFixture.number();
        imported.imported(lease, contact.contactId(), userId);
        assertThat(found(Identities.ofUserId(userId)))
                .singleElement()
                .satisfies(it -> assertThat(it.person().phone()).contains(phone));
        assertThat(found(Identities.ofUserId(LedgerFixture.number()))).isEmpty();
    }

    @Test
    void whatWasTakenOutOfTheAddressBookIsNoneAnyMore() {
        imported.deleted(lease, contact.contactId());
        assertThat(found(Identities.ofPhone(phone))).isEmpty();
    }

    @Test
    void whatIsForgottenIsStoredNoMoreAndOthersStay() {
        String neighbour = LedgerFixture.phone();
        imported.record(lease, neighbour);
        found(Identities.ofPhone(phone)).forEach(steward.stranded()::forget);
        assertThat(isStored()).isFalse();
        assertThat(found(Identities.ofPhone(phone))).isEmpty();
        assertThat(imported.leftBehind(lease))
                .extracting(ImportedContact::phone)
                .containsExactly(neighbour);
    }

    @Test
    void aWorkerThatIsJustImportingThemGoesOnAndWritesNothingOfThem() {
        found(Identities.ofPhone(phone)).forEach(steward.stranded()::forget);
        assertThat(imported.imported(lease, contact.contactId(), LedgerFixture.number()))
                .isTrue();
        assertThat(isStored()).isFalse();
        assertThat(imported.deleted(lease, contact.contactId())).isTrue();
    }

    @Test
    void ofAnAccountThatHasASessionItIsKeptForItsNextWorkerButNotForEver() {
        fixture.ledger.sessions().save(lease, new byte[] {1});
        fixture.clock.advance(StrandedContacts.KEPT.minusMinutes(1));
        steward.stranded().forgetOld();
        assertThat(isStored()).isTrue();
        fixture.clock.advance(Duration.ofMinutes(1));
        assertThat(steward.stranded().forgetOld()).isPositive();
        assertThat(isStored()).isFalse();
    }

    @Test
    void ofAnAccountThatIsGoneItIsForgottenAfterAWeek() {
        fixture.clock.advance(StrandedContacts.KEPT_WITHOUT_SESSION.minusMinutes(1));
        steward.stranded().forgetOld();
        assertThat(isStored()).isTrue();
        fixture.clock.advance(Duration.ofMinutes(1));
        assertThat(steward.stranded().forgetOld()).isPositive();
        assertThat(isStored()).isFalse();
    }
}
