package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.telegram.Answer;
import dev.beckon.telegram.Membership;
import dev.beckon.telegram.TelegramError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a chat says of a person is heard, and a refusal to say it is no permission. */
class StandingTest {
    private static Standing of(TelegramError error) {
        return Standing.of(Answer.refused(error));
    }

    @Test
    void membershipDecides() {
        assertThat(Standing.of(Answer.ok(Membership.MEMBER))).isEqualTo(new Standing.Inside());
        assertThat(Standing.of(Answer.ok(Membership.ADMINISTRATOR))).isEqualTo(new Standing.Inside());
        assertThat(Standing.of(Answer.ok(Membership.NOT_MEMBER))).isEqualTo(new Standing.Outside());
        assertThat(Standing.of(Answer.ok(Membership.LEFT))).isEqualTo(new Standing.OptedOut("Left"));
        assertThat(Standing.of(Answer.ok(Membership.BANNED))).isEqualTo(new Standing.OptedOut("Removed"));
    }

    @Test
    void aHiddenListTellsNothingOfThePersonAndNothingElseIsTakenForOne() {
        for (String raw : List.of("CHAT_ADMIN_REQUIRED", "Participant list is hidden", "Member list is inaccessible")) {
            assertThat(of(new TelegramError.CampaignFault(raw))).as(raw).isEqualTo(new Standing.Hidden());
        }
        TelegramError gone = new TelegramError.CampaignFault("CHANNEL_PRIVATE");
        assertThat(of(gone)).isEqualTo(new Standing.Refused(gone));
    }

    @Test
    void whatTelegramSaysOfThePersonCounts() {
        assertThat(of(new TelegramError.AlreadyMember("X"))).isEqualTo(new Standing.Inside());
        assertThat(of(new TelegramError.NotFound("X"))).isEqualTo(new Standing.Outside());
        assertThat(of(new TelegramError.LeftBefore("X"))).isEqualTo(new Standing.OptedOut("LeftBefore"));
        assertThat(of(new TelegramError.PersonRefused("X"))).isEqualTo(new Standing.OptedOut("Refused"));
    }

    @Test
    void everythingElseIsARefusalThatTheTableOfRefusalsJudges() {
        for (TelegramError error : List.of(
                new TelegramError.Wait("X", Duration.ofHours(1), TelegramError.Wait.Scope.ACCOUNT),
                new TelegramError.Limited("X"),
                new TelegramError.PrivacyRestricted("X"),
                new TelegramError.Unreachable("X"),
                new TelegramError.Later("X", Duration.ofHours(1)),
                new TelegramError.LoginRefused("X"),
                new TelegramError.SessionLost("X"),
                new TelegramError.Banned("X"),
                new TelegramError.Unanswered("X"),
                new TelegramError.Unknown("X"))) {
            assertThat(of(error)).isEqualTo(new Standing.Refused(error));
        }
    }
}
