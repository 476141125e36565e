package dev.beckon.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.InviteCampaignSpec.Mode;
import dev.beckon.ledger.invite.OutcomeStatus;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run in which all agree, and one thing at a time that must turn the verdict red. */
class ProofTest {
    private static Arguments red(String what, UnaryOperator<Run> wrong, String... sentences) {
        return Arguments.argumentSet(what, wrong, List.of(sentences));
    }

    static Stream<Arguments> wrongs() {
        return Stream.of(
                red(
                        "the ledger has an invitation that Telegram never saw",
                        run -> run.withoutContact("invite", Run.ANNA),
                        "club line 2: the ledger says Invited, Telegram saw –"),
                red(
                        "Telegram saw somebody written to whom the ledger skipped",
                        run -> run.contact("message", Run.CARLA),
                        "club line 4: the ledger says Skipped/NoConsent, Telegram saw 1 message"),
                red(
                        "a contact that no campaign explains",
                        run -> run.contact("message", 99),
                        "Telegram saw a contact that no campaign knows: Contact[message, delivered=true, result=ok]"),
                red(
                        "an invitation into another chat than the ledger's",
                        run -> run.withoutContact("invite", Run.ANNA).contactInto(Run.OTHER_CHAT, Run.ANNA),
                        "club line 2: the ledger says Invited, Telegram saw –",
                        "Telegram saw a contact that no campaign knows: Contact[invite, delivered=true, result=ok]"),
                red(
                        "an invitation by another account than the ledger's",
                        run -> run.withoutContact("invite", Run.ANNA).contactBy(Run.OTHER_ACCOUNT, Run.ANNA),
                        "account boris: the status says usage.invites 0, Telegram saw 1 arrive",
                        "club line 2: the ledger says Invited, Telegram saw –",
                        "Telegram saw a contact that no campaign knows: Contact[invite, delivered=true, result=ok]"),
                red(
                        "an auth key in two processes",
                        run -> run.overlaps(2),
                        "an auth key was in use by two processes at once, 2 times"),
                red(
                        "somebody was invited twice",
                        run -> run.contact("invite", Run.ANNA),
                        "club line 2: the ledger says Invited, Telegram saw 2 invites",
                        "Telegram saw one person contacted more than once: [Contact[invite, delivered=true, result=ok],"
                                + " Contact[invite, delivered=true, result=ok]]"),
                red(
                        "an invitation and a message where one of both is the mode",
                        run -> run.contact("message", Run.ANNA),
                        "club line 2: the ledger says Invited, Telegram saw 1 invite 1 message",
                        "Telegram saw one person contacted more than once: [Contact[invite, delivered=true, result=ok],"
                                + " Contact[message, delivered=true, result=ok]]"),
                red(
                        "two campaigns contacted the same person",
                        run -> run.secondCampaign(Run.ANNA),
                        "Telegram saw one person contacted more than once: [Contact[invite, delivered=true, result=ok],"
                                + " Contact[invite, delivered=true, result=ok]]"),
                red(
                        "somebody of the audience is nowhere",
                        run -> run.audience(5),
                        "club: the audience has 5 lines, the ledger has 4"),
                red(
                        "somebody of the status is not in the ledger",
                        run -> run.withoutRow(4),
                        "club: the audience has 4 lines, the ledger has 3",
                        "club: the status says total 3, the ledger has 2",
                        "club: the status says skipped 1, the ledger has 0",
                        "club: the status says outcomes NoConsent 1, the ledger has 0"),
                red(
                        "a status with a wrong sum",
                        run -> run.sums(2, 0, 1),
                        "club: the status says invited 2, the ledger has 1",
                        "club: the status says linkSent 0, the ledger has 1"),
                red(
                        "a status with somebody pending who is done",
                        run -> run.pending(1),
                        "club: the status says pending and inFlight 1, the ledger has 0"),
                red(
                        "a status with a wrong reason",
                        run -> run.reason("Suppressed"),
                        "club: the status says outcomes NoConsent 0, the ledger has 1",
                        "club: the status says outcomes Suppressed 1, the ledger has 0"),
                red("a campaign without a status", Run::withoutStatus, "club: the status has no sums"),
                red(
                        "an account's use in the status and in the ledger",
                        run -> run.usage(6, 5),
                        "account alice: the status says usage.invites 6, the ledger has 5"),
                red(
                        "an account's use in status and ledger, and what Telegram saw",
                        run -> run.usage(0, 0).ledgerUsage(0, 0),
                        "account alice: the status says usage.invites 0, Telegram saw 1 arrive",
                        "account alice: the status says usage.messages 0, Telegram saw 1 arrive"));
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void turnsRed(UnaryOperator<Run> wrong, List<String> sentences) {
        Proof.Verdict verdict = Proof.verdict(wrong.apply(new Run()).evidence());
        assertThat(verdict.agrees()).isFalse();
        assertThat(verdict.disagreements()).containsExactlyInAnyOrderElementsOf(sentences);
        assertThat(verdict.summary(1)).endsWith("DISAGREE.");
    }

    @Test
    void isGreenWhenAllAgree() {
        Proof.Verdict verdict = Proof.verdict(new Run().evidence());
        assertThat(verdict.disagreements()).isEmpty();
        assertThat(verdict.summary(1))
                .isEqualTo("3 people in 1 campaign (and 1 bad or double line): Telegram, ledger and status agree.");
    }

    @Test
    void aPersonMayGetBothOfOneCampaignThatIsToDoBoth() {
        Run run = new Run().mode(Mode.InviteAndMessage).contact("message", Run.ANNA);
        assertThat(Proof.verdict(run.evidence()).disagreements()).isEmpty();
    }

    @Test
    void aTryThatReachedNobodyIsNoContact() {
        assertThat(Proof.verdict(new Run().refused(Run.CARLA).evidence()).disagreements())
                .isEmpty();
    }

    @Test
    void aStatusThatDoesNotTellTheLastUseYetIsWaitedFor() {
        assertThat(new Run().evidence().usageIsTold()).isTrue();
        assertThat(new Run().usage(1, 1).evidence().usageIsTold()).isFalse();
    }

    @Test
    void aBadLineAndADuplicateAreNoPeopleOfTheSum() {
        Proof.Verdict verdict = new Proof.Verdict(
                List.of(
                        new PersonProof("club", 2, false, OutcomeStatus.Invited, "", 1, 0),
                        new PersonProof("club", 3, false, OutcomeStatus.Skipped, "Duplicate", 0, 0),
                        new PersonProof("club", 4, false, OutcomeStatus.Skipped, "BadLine", 0, 0),
                        new PersonProof("club", 5, false, OutcomeStatus.Skipped, "NoConsent", 0, 0)),
                List.of());
        assertThat(verdict.summary(1))
                .isEqualTo("2 people in 1 campaign (and 2 bad or double lines): Telegram, ledger and status agree.");
    }
}
