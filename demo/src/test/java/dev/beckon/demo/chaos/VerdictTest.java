package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.chaos.Facts.Standing;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Human;
import dev.beckon.demo.chaos.Scenario.Line;
import dev.beckon.demo.proof.TruthDoor.Contact;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.workorder.InviteOrder.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The judge of a chaos run sees each harm, and names it with the words by which a protection's absence is proved. */
class VerdictTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Account ALICE = new Account(0, "team0", "a", 100, "+491700000001");
    private static final Account ZOEY = new Account(1, "team1", "z", 101, "+491700000002");
    private static final Human ANNA = human(1);
    private static final Human BENNO = human(2);

    private Mode mode = Mode.InviteOrLink;
    private List<Contact> contacts = List.of(contact(ALICE, ANNA, "invite"), contact(ALICE, BENNO, "message"));
    private int overlaps;
    private Counts counts = new Counts(2, 0, 0, 0, 1, 1, 0, 0, 0);
    private Map<Long, Instant> optedOut = Map.of();
    private List<Human> calling = List.of();
    private OutcomeStatus anna = OutcomeStatus.Invited;
    private List<String> stuck = List.of();

    private Verdict verdict() {
        Campaign campaign = new Campaign(
                "bring",
                "uid",
                "chat",
                mode,
                List.of(ALICE),
                true,
                List.of(new Line(ANNA, false), new Line(BENNO, false)));
        Scenario scenario = new Scenario(
                List.of(ALICE, ZOEY), List.of(campaign), List.of(ANNA, BENNO), List.of(), List.of(), calling);
        return Verdict.of(
                scenario,
                new Facts(
                        contacts,
                        overlaps,
                        Map.of("uid", Reports.of("uid", counts)),
                        List.of(
                                new Standing(campaign, ANNA, anna),
                                new Standing(campaign, BENNO, OutcomeStatus.LinkSent)),
                        optedOut,
                        0,
                        stuck,
                        List.of()));
    }

    private static Human human(long id) {
        return new Human(id, "user" + id, "+49170000100" + id, false, Optional.empty(), Optional.empty());
    }

    private static Contact contact(Account account, Human human, String how) {
        return new Contact(
                NOON,
                how,
                true,
                "ok",
                account.userId(),
                5,
                human.id(),
                Optional.empty(),
                Optional.of(human.username()));
    }

    private void shows(Protection absence) {
        assertThat(absence.missedBy(verdict())).as("%s", verdict().wrongs()).isPresent();
        for (Protection other : Protection.values()) {
            if (!other.missedBy(verdict()).equals(absence.missedBy(verdict()))) {
                assertThat(other.missedBy(verdict())).as("%s", other).isEmpty();
            }
        }
    }

    @Test
    void aRunInWhichNothingHappenedToAnybodyIsGreen() {
        assertThat(verdict().wrongs()).isEmpty();
        for (Protection protection : Protection.values()) {
            assertThat(protection.missedBy(verdict())).isEmpty();
        }
    }

    @Test
    void aSecondMessageShowsThatIntentOrSettlementIsMissing() {
        contacts = List.of(
                contact(ALICE, ANNA, "invite"), contact(ALICE, BENNO, "message"), contact(ALICE, BENNO, "message"));
        shows(Protection.INTENT);
        shows(Protection.SETTLEMENT);
    }

    @Test
    void anInviteAndALinkAreTwoUnlessTheCampaignIsThereForBoth() {
        contacts = List.of(
                contact(ALICE, ANNA, "invite"), contact(ALICE, ANNA, "message"), contact(ALICE, BENNO, "message"));
        shows(Protection.INTENT);

        mode = Mode.InviteAndMessage;
        assertThat(verdict().wrongs()).isEmpty();
    }

    @Test
    void anAuthKeyInUseByTwoProcessesShowsThatTheLeaseIsMissing() {
        overlaps = 2;
        shows(Protection.LEASE);
    }

    @Test
    void aContactAfterAnOptOutShowsThatTheSuppressionListIsMissing() {
        optedOut = Map.of(ANNA.id(), NOON.minusSeconds(1));
        shows(Protection.SUPPRESSION);

        optedOut = Map.of(ANNA.id(), NOON.plusSeconds(1));
        assertThat(verdict().wrongs()).isEmpty();
    }

    @Test
    void aContactByAnotherAccountsCampaignShowsThatTheFrequencyCapIsMissing() {
        contacts = List.of(
                contact(ALICE, ANNA, "invite"), contact(ALICE, BENNO, "message"), contact(ZOEY, BENNO, "message"));
        shows(Protection.FREQUENCY_CAP);
    }

    @Test
    void whoIsLostOrInFlightForEverOrInNoAudienceMakesItRed() {
        counts = new Counts(2, 0, 1, 0, 1, 0, 0, 0, 0);
        assertThat(verdict().wrongs()).contains("bring: 1 person is in flight for ever");

        counts = new Counts(1, 0, 0, 0, 1, 0, 0, 0, 0);
        assertThat(verdict().wrongs()).singleElement().asString().startsWith("bring: of 2 people the ledger has");

        counts = new Counts(2, 1, 0, 0, 1, 0, 0, 0, 0);
        assertThat(verdict().wrongs()).singleElement().asString().contains("1 person is pending");

        counts = new Counts(2, 0, 0, 1, 1, 0, 0, 0, 0);
        assertThat(verdict().wrongs()).singleElement().asString().contains("is unknown, though only 0 calls");
    }

    @Test
    void aLedgerThatTellsOtherwiseThanTelegramMakesItRed() {
        anna = OutcomeStatus.Skipped;
        assertThat(verdict().wrongs())
                .hasSize(2)
                .anyMatch(wrong -> wrong.contains("the ledger has Human[1] as Skipped"));

        anna = OutcomeStatus.Invited;
        contacts = List.of(
                contact(ALICE, ANNA, "invite"), contact(ALICE, BENNO, "message"), contact(ALICE, human(3), "invite"));
        assertThat(verdict().wrongs())
                .containsExactly("Telegram saw a contact with somebody who is in no audience (3)");
    }

    @Test
    void whoCouldBeContactedAndWasWrittenOffIsLost() {
        contacts = List.of(contact(ALICE, BENNO, "message"));
        for (OutcomeStatus end : List.of(OutcomeStatus.Failed, OutcomeStatus.Skipped)) {
            anna = end;
            assertThat(verdict().wrongs()).containsExactly("bring: Human[1] could be contacted and ended as " + end);
        }
        optedOut = Map.of(ANNA.id(), NOON);
        assertThat(verdict().wrongs()).isEmpty();
    }

    @Test
    void whoCameByWebhookAndIsContactedTwiceIsToldApartFromSomebodyOfAList() {
        contacts = List.of(
                contact(ALICE, ANNA, "invite"), contact(ALICE, ANNA, "invite"), contact(ALICE, BENNO, "message"));
        calling = List.of(ANNA);
        assertThat(verdict().wrongs())
                .contains("Human[1] came by webhook and was contacted twice: 2 invites, 0 messages");
        assertThat(Protection.INTENT.missedBy(verdict())).isPresent();
        assertThat(Protection.INTENT.missedEverywhereBy(verdict().and(List.of("post 1 was published twice"))))
                .isEmpty();
    }

    @Test
    void whatIsStuckMakesItRed() {
        stuck = List.of("team0: no end after 40 workers");
        assertThat(verdict().green()).isFalse();
        assertThat(verdict().wrongs()).containsExactly("stuck: team0: no end after 40 workers");
    }
}
