package dev.beckon.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.invite.OutcomeStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofTest {
    @Test
    void aBadLineAndADuplicateAreNoPeopleOfTheSum() {
        Proof.Verdict verdict = new Proof.Verdict(
                List.of(
                        new PersonProof("club", 2, OutcomeStatus.Invited, "", 1, 0),
                        new PersonProof("club", 3, OutcomeStatus.Skipped, "Duplicate", 0, 0),
                        new PersonProof("club", 4, OutcomeStatus.Skipped, "BadLine", 0, 0),
                        new PersonProof("club", 5, OutcomeStatus.Skipped, "NoConsent", 0, 0)),
                List.of());
        assertThat(verdict.summary(1)).isEqualTo("2 people in 1 campaigns: Telegram, ledger and status agree.");
    }
}
