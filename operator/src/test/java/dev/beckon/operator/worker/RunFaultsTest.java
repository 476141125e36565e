package dev.beckon.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.operator.condition.Reason;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import dev.beckon.workorder.RunResult.Ending;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunFaultsTest {
    @ParameterizedTest
    @CsvSource({
        "BAD_INPUT,      AudienceUnreadable, AudienceUnreadable",
        "BAD_INPUT,      BadInput,           InvalidSpec",
        "CAMPAIGN_FAULT, ChatNotFound,       ChatNotFound",
        "CAMPAIGN_FAULT, TargetChanged,      TargetChanged",
        "CAMPAIGN_FAULT, NoRightToInvite,    NoRightToInvite",
        "CAMPAIGN_FAULT, ChatAdminRequired,  ChatAdminRequired",
        "CAMPAIGN_FAULT, UsersTooMuch,       UsersTooMuch",
        "CAMPAIGN_FAULT, BotAccount,         AccountIsBot",
        "BAD_INPUT,      CredentialsMissing, CredentialsMissing",
        "LOGIN_REFUSED,  LoginRefused,       LoginRefused",
        "LOGIN_REQUIRED, LoginTimedOut,      LoginTimedOut",
    })
    void theWorkersWordIsTheReasonWithItsSentence(ExitCode code, String word, Reason reason) {
        RunResult result = result(Ending.FAULT, word, "What to mend.");

        assertThat(RunFaults.reason(Optional.of(code), Optional.of(result))).contains(reason);
        assertThat(RunFaults.message(Optional.of(code), Optional.of(result))).isEqualTo("What to mend.");
    }

    @ParameterizedTest
    @CsvSource({
        "CAMPAIGN_FAULT, CampaignFault",
        "BAD_INPUT,      InvalidSpec",
        "LOGIN_REFUSED,  LoginRefused",
    })
    void anUnknownWordFallsBackOnTheExitCodeAndIsKeptInTheSentence(ExitCode code, Reason reason) {
        RunResult result = result(Ending.FAULT, "ChannelsTooMuch", "The account is in too many.");

        assertThat(RunFaults.reason(Optional.of(code), Optional.of(result))).contains(reason);
        assertThat(RunFaults.message(Optional.of(code), Optional.of(result)))
                .isEqualTo("ChannelsTooMuch: The account is in too many.");
    }

    @Test
    void aWordThatIsAReasonOfAnotherKindIsNotTakenForOne() {
        RunResult result = result(Ending.FAULT, "Succeeded", "Nonsense.");

        assertThat(RunFaults.reason(Optional.of(ExitCode.CAMPAIGN_FAULT), Optional.of(result)))
                .contains(Reason.CampaignFault);
    }

    @Test
    void anExitCodeOfAnotherReleaseIsJudgedByTheResult() {
        RunResult result = result(Ending.FAULT, "ChatNotFound", "No such chat.");

        assertThat(RunFaults.reason(Optional.empty(), Optional.of(result))).contains(Reason.ChatNotFound);
        assertThat(RunFaults.reason(Optional.empty(), Optional.of(result(Ending.FAULT, "Whatever", "No."))))
                .contains(Reason.CampaignFault);
        assertThat(RunFaults.reason(Optional.empty(), Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ExitCode.class,
            names = {"LEDGER_UNAVAILABLE", "INTERNAL", "TELEGRAM_UNAVAILABLE", "LOGIN_REQUIRED", "LEASE_HELD"})
    void whatARepetitionMayMendIsNoFaultOfTheCampaign(ExitCode code) {
        RunResult result = result(Ending.FAULT, "InternalError", "A bug.");

        assertThat(RunFaults.reason(Optional.of(code), Optional.of(result))).isEmpty();
        assertThat(RunFaults.message(Optional.of(code), Optional.of(result))).isEqualTo("InternalError: A bug.");
    }

    private static RunResult result(Ending ending, String reason, String message) {
        return new RunResult(1, ending, Optional.empty(), reason, message);
    }
}
