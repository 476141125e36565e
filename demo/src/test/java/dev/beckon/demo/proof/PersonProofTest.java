package dev.beckon.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.invite.OutcomeStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonProofTest {
    /** With at most two of each: every other combination is a disagreement. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            LEDGER,        BOTH,  AGREES WITH invites+messages
            Invited,       false, 1+0
            Invited,       true,  1+0 1+1
            LinkSent,      false, 0+1
            LinkSent,      true,  0+1
            Accepted,      true,  0+0
            AlreadyMember, true,  0+0
            Skipped,       true,  0+0
            Failed,        true,  0+0
            Deferred,      true,  0+0
            Reverted,      true,  0+0
            AlreadyMember, false, 0+0
            Skipped,       false, 0+0
            Failed,        false, 0+0
            Unknown,       false, 0+0 1+0 0+1
            Unknown,       true,  0+0 1+0 0+1 1+1
            """)
    void agreesWithThisAndNothingElse(OutcomeStatus ledger, boolean both, String agreeable) {
        for (int invites = 0; invites <= 2; invites++) {
            for (int messages = 0; messages <= 2; messages++) {
                String seen = invites + "+" + messages;
                assertThat(new PersonProof("club", 2, both, ledger, "", invites, messages).agrees())
                        .as("%s, Telegram saw %s", ledger, seen)
                        .isEqualTo((" " + agreeable + " ").contains(" " + seen + " "));
            }
        }
    }
}
