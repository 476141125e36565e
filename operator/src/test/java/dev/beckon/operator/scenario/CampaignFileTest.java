package dev.beckon.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.report.CampaignReport.OutcomeCount;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger of the scenarios says what the real one can say, and no more. */
class CampaignFileTest {
    private static CampaignReport report(String yaml) throws JsonProcessingException {
        return CampaignFile.report("uid", new YAMLMapper().readTree(yaml), 7);
    }

    @Test
    void outcomesAreReasonsTheMostFrequentFirst() throws JsonProcessingException {
        assertThat(report("{invited: 4, skipped: 5, failed: 1, outcomes: {Bot: 1, NoConsent: 4, NotFound: 1}}")
                        .outcomes())
                .containsExactly(
                        new OutcomeCount("NoConsent", 4), new OutcomeCount("Bot", 1), new OutcomeCount("NotFound", 1));
    }

    @Test
    void whoWasReachedNeedsNoOutcome() throws JsonProcessingException {
        assertThat(report("{pending: 2, inFlight: 1, invited: 3, linkSent: 2, alreadyMember: 1}")
                        .outcomes())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Invited", "LinkSent", "AlreadyMember", "Skipped", "Failed", "Unknown"})
    void aStatusIsNoReason(String status) {
        assertThatThrownBy(() -> report("{invited: 1, skipped: 1, outcomes: {" + status + ": 1}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outcomes has " + status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{skipped: 2, outcomes: {NoConsent: 1}}",
                "{failed: 1}",
                "{unknown: 1, outcomes: {}}",
                "{invited: 3, outcomes: {NoConsent: 3}}"
            })
    void eachOfThoseWhoWereNotReachedHasAReasonAndNobodyElse(String yaml) {
        assertThatThrownBy(() -> report(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the ledger tells the reason of each");
    }

    @Test
    void aReasonOfNobodyIsRefused() {
        assertThatThrownBy(() -> report("{skipped: 1, outcomes: {NoConsent: 1, Bot: 0}}"))
                .hasMessageContaining("outcomes has Bot: 0");
    }

    @Test
    void moreReasonsThanTheLedgerTellsAreRefused() {
        int many = CampaignReport.MAX_OUTCOMES + 1;
        String reasons =
                IntStream.range(0, many).mapToObj(i -> "Reason" + i + ": 1").collect(Collectors.joining(", "));

        assertThatThrownBy(() -> report("{failed: " + many + ", outcomes: {" + reasons + "}}"))
                .hasMessageContaining(CampaignReport.MAX_OUTCOMES + " reasons at most");
    }
}
