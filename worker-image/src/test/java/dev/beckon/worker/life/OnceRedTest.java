package dev.beckon.worker.life;

import dev.beckon.worker.life.Life.ChatKind;
import dev.beckon.worker.life.Life.Settings;
import dev.beckon.worker.life.Life.Step;
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
            new Settings(Mode.LinkOnly, Duration.ZERO, 100, 40, 3, Duration.ofMinutes(10));

    @Test
    void aMessageArrivesAndTdlibsOwnRepetitionOfTheCallMeetsAnEndedSession() throws IOException {
        List<String> faults = List.of(
                "  - {on: messages.sendMessage, kind: DoneThenConnectionDropped, person: carol}\n",
                "  - {on: messages.sendMessage, kind: SessionRevoked, person: carol, after: 1}\n");
        Living.liveAndJudge(new Life(
                ChatKind.MEMBERS, 1, MESSAGES, MESSAGES, faults, List.of(new Step.Run(0, 0, Optional.empty()))));
    }
}
