package dev.beckon.worker.life;

import dev.beckon.worker.KillPoint;
import dev.beckon.worker.life.Life.ChatKind;
import dev.beckon.worker.life.Life.Death;
import dev.beckon.worker.life.Life.Editable;
import dev.beckon.worker.life.Life.Hours;
import dev.beckon.worker.life.Life.Limits;
import dev.beckon.worker.life.Life.Settings;
import dev.beckon.worker.life.Life.Step;
import dev.beckon.worker.life.Life.Text;
import dev.beckon.workorder.InviteOrder.Mode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lives that ended red once, and would be drawn again only by chance. */
@Tag("integration")
class OnceRedTest {
    private static final Settings MESSAGES =
            settings(Mode.LinkOnly, Duration.ZERO, new Limits(100, 40, 40), 3, Duration.ofMinutes(10));

    private static Settings settings(Mode mode, Duration pause, Limits limits, int attempts, Duration hibernate) {
        return new Settings(mode, new Editable(pause, Hours.ALL_DAY, limits, attempts, 20, hibernate, Text.COME));
    }

    @Test
    void aMessageArrivesAndTdlibsOwnRepetitionOfTheCallMeetsAnEndedSession() throws IOException {
        List<String> faults = List.of(
                "  - {on: messages.sendMessage, kind: DoneThenConnectionDropped, person: carol}\n",
                "  - {on: messages.sendMessage, kind: SessionRevoked, person: carol, after: 1}\n");
        Living.liveAndJudge(new Life(
                ChatKind.MEMBERS, 1, 1, MESSAGES, MESSAGES, faults, List.of(new Step.Run(0, 0, Optional.empty()))));
    }

    @Test
    void aMessageThatArrivesLateIsOfTheCampaignThatSentItWhicheverIsAtWorkThen() throws IOException {
        Settings link = settings(Mode.InviteOrLink, Duration.ZERO, new Limits(1, 1, 40), 1, Duration.ofSeconds(20));
        Settings both = settings(
                Mode.InviteAndMessage, Duration.ofMinutes(7), new Limits(100, 40, 40), 1, Duration.ofSeconds(20));
        List<String> faults = List.of(
                "  - {on: channels.inviteToChannel, kind: SessionRevoked, person: carol, after: 1, times: 2}\n",
                "  - {on: messages.sendMessage, kind: Late, delay: 110s, after: 0, times: 2}\n",
                "  - {on: channels.inviteToChannel, kind: DoneThenServerError, after: 3, times: 6}\n",
                "  - {on: channels.inviteToChannel, kind: Error, text: USER_KICKED, after: 3, times: 2}\n");
        Living.liveAndJudge(new Life(
                ChatKind.ADMINISTRATORS,
                1,
                1,
                link,
                both,
                faults,
                List.of(
                        new Step.Run(1, 1, Optional.of(new Death.At(KillPoint.AFTER_INTENT, 3))),
                        new Step.Run(1, 1, Optional.empty()),
                        new Step.Run(0, 1, Optional.empty()))));
    }
}
