package dev.beckon.worker.life;

import dev.beckon.worker.KillPoint;
import dev.beckon.worker.life.Life.ChatKind;
import dev.beckon.worker.life.Life.Editable;
import dev.beckon.worker.life.Life.Hours;
import dev.beckon.worker.life.Life.Limits;
import dev.beckon.worker.life.Life.Moment;
import dev.beckon.worker.life.Life.Settings;
import dev.beckon.worker.life.Life.Step;
import dev.beckon.worker.life.Life.Text;
import dev.beckon.workorder.InviteOrder.Mode;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lives in which whoever is next in turn may be contacted no more, with nothing left to chance: what drawn lives are judged by is
 * red here at once when the suppression list, or the deadline, is asked no more.
 */
@Tag("integration")
class StoppedInTimeTest {
    private static final Step RUN = new Step.Run(0, 0, Optional.empty());

    private static void live(ChatKind chat, Mode mode, Stream<Step> steps) throws IOException {
        // One message a day, so that a run leaves people to the next one.
        Settings settings = new Settings(
                mode,
                new Editable(
                        Duration.ZERO,
                        Hours.ALL_DAY,
                        new Limits(100, 40, 1),
                        3,
                        20,
                        Duration.ofMinutes(10),
                        Text.COME));
        Living.liveAndJudge(new Life(chat, 1, 1, settings, settings, List.of(), steps.toList()));
    }

    private static Stream<Step> everybodyOptsOut(Optional<Moment> during) {
        return Arrays.stream(Lives.PEOPLE).map(person -> new Step.OptsOut(person, during));
    }

    private static Stream<Step> everybodyOptsOutAt(KillPoint step) {
        return Stream.concat(everybodyOptsOut(Optional.of(new Moment(step, 1))), Stream.of(RUN));
    }

    @Test
    void everybodyOptsOutBetweenTwoRuns() throws IOException {
        live(ChatKind.MEMBERS, Mode.LinkOnly, Stream.concat(Stream.of(RUN), everybodyOptsOut(Optional.empty())));
    }

    /** The ledger was asked about the first of them already, when they were claimed: it is asked once more. */
    @Test
    void everybodyOptsOutWhileTheFirstIsLookedUp() throws IOException {
        live(ChatKind.MEMBERS, Mode.LinkOnly, everybodyOptsOutAt(KillPoint.AFTER_RESOLVE));
    }

    @Test
    void everybodyOptsOutBetweenAnInvitationAndItsMessage() throws IOException {
        live(ChatKind.ADMINISTRATORS, Mode.InviteAndMessage, everybodyOptsOutAt(KillPoint.AFTER_OUTCOME));
    }

    /** No run waits for the deadline then: each ends at once, and leaves whom it could contact only afterwards. */
    @Test
    void bothDeadlinesComeBeforeTheNextDay() throws IOException {
        live(
                ChatKind.MEMBERS,
                Mode.LinkOnly,
                Stream.of(
                        RUN,
                        new Step.HasDeadline(0, Duration.ofHours(3)),
                        new Step.HasDeadline(1, Duration.ofHours(3))));
    }

    @Test
    void aDeadlineComesBeforeTheNextDay() throws IOException {
        live(ChatKind.MEMBERS, Mode.LinkOnly, Stream.of(RUN, new Step.HasDeadline(0, Duration.ofHours(3))));
    }
}
