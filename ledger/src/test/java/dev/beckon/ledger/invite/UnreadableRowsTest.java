package dev.beckon.ledger.invite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A row that can't be read holds up nobody, and nobody is given up whom other keys can read. */
class UnreadableRowsTest extends OneCampaign {
    private final String second = LedgerFixture.phone();
    private final Ledger newer = fixture.database.ledger(fixture.keys.withNewAeadKey(), fixture.clock);

    @AfterEach
    void closeNewer() {
        newer.close();
    }

    /** As a worker does whose Secret has a key that others lack yet. */
    private void importedWithTheNewerKey(String... phones) {
        byte[] lines = String.join("\n", phones).getBytes(UTF_8);
        assertThat(newer.audienceImport()
                        .run(campaign, () -> new ByteArrayInputStream(lines), Consent.of(Consent.Basis.OptIn)))
                .isPresent();
    }

    private ClaimResult next(Ledger ledger) {
        return ledger.claims().next(lease, campaign);
    }

    private static Identities whoIs(ClaimResult claimed) {
        return ((ClaimResult.Claimed) claimed).claim().person().identities();
    }

    private Instant later() {
        return fixture.clock.instant().plus(Claims.UNREADABLE_FOR);
    }

    private void changed(String assignment) {
        fixture.database.execute("UPDATE beckon_invite.person SET " + assignment + " WHERE campaign_id = "
                + fixture.ledger.campaigns().idOf(campaign) + " ORDER BY ordinal LIMIT 1");
    }

    @Test
    void whomOtherKeysWroteIsPassedOverAndNobodyWaitsBehindThem() {
        importedWithTheNewerKey(phone);
        fixture.importLines(campaign, phone, second);

        assertThat(next(fixture.ledger))
                .isInstanceOfSatisfying(
                        ClaimResult.PassedOver.class,
                        passed -> assertThat(passed.until()).isEqualTo(later()));
        assertThat(whoIs(next(fixture.ledger))).isEqualTo(Identities.ofPhone(second));
        assertThat(next(fixture.ledger)).isEqualTo(new ClaimResult.NoneDue(later(), Optional.empty()));
    }

    @Test
    void theyAreContactedOnceTheKeysAreThere() {
        importedWithTheNewerKey(phone);
        assertThat(next(fixture.ledger)).isInstanceOf(ClaimResult.PassedOver.class);

        fixture.clock.advance(Claims.UNREADABLE_FOR);

        assertThat(whoIs(next(newer))).isEqualTo(Identities.ofPhone(phone));
    }

    @Test
    void aWrongKeysJsonGivesNobodyUp() {
        importedWithTheNewerKey(phone, second, LedgerFixture.phone());
        for (int i = 0; i < 3; i++) {
            assertThat(next(fixture.ledger)).isInstanceOf(ClaimResult.PassedOver.class);
        }
        assertThat(next(fixture.ledger)).isInstanceOf(ClaimResult.NoneDue.class);
        assertThat(fixture.report(campaign).counts().pending()).isEqualTo(3);
        assertThat(fixture.report(campaign).outcomes()).isEmpty();
    }

    @Test
    void whoseRowWasChangedIsGivenUp() {
        fixture.importLines(campaign, phone, second);
        changed("identity = CONCAT(identity, X'00')");

        assertThat(next(fixture.ledger)).isInstanceOf(ClaimResult.GivenUp.class);
        assertThat(whoIs(next(fixture.ledger))).isEqualTo(Identities.ofPhone(second));
        assertThat(fixture.report(campaign).counts()).satisfies(counts -> {
            assertThat(counts.failed()).isEqualTo(1);
            assertThat(counts.pending()).isEqualTo(1);
        });
        assertThat(fixture.report(campaign).outcomes())
                .anySatisfy(outcome -> assertThat(outcome.reason()).isEqualTo("Unreadable"));
        List<OutcomeLog.Row> log = new ArrayList<>();
        fixture.ledger.outcomes().forEach(campaign, log::add);
        assertThat(log)
                .filteredOn(row -> row.reason().equals("Unreadable"))
                .singleElement()
                .satisfies(row -> assertThat(row.person()).isEmpty());
    }

    @Test
    void whatWasReachedBeforeStands() {
        fixture.importLines(campaign, phone);
        changed("identity = CONCAT(identity, X'00'), next_action = 'Message', status = 'Invited'");

        assertThat(next(fixture.ledger)).isInstanceOf(ClaimResult.GivenUp.class);
        assertThat(fixture.report(campaign).counts().invited()).isEqualTo(1);
        assertThat(fixture.report(campaign).counts().failed()).isZero();
    }
}
