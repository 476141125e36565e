package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.chaos.Hook.Event;
import dev.beckon.demo.chaos.HookCaller.Posted;
import dev.beckon.demo.chaos.HookFacts.Logged;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Human;
import dev.beckon.demo.chaos.Scenario.Line;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.webhook.Receipt;
import dev.beckon.ledger.webhook.Receipt.Fate;
import dev.beckon.workorder.InviteOrder.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HookVerdictTest {
    private static final Human ANNA = human(1);
    private static final Human BENNO = human(2);
    private static final Human CARLA = human(3);
    private static final Hook HOOK = new Hook(
            new Campaign(
                    "bring",
                    "uid",
                    "chat",
                    Mode.InviteOrLink,
                    List.of(),
                    true,
                    List.of(line(ANNA), line(BENNO), line(CARLA))),
            List.of(
                    new Event(ANNA, "call-1", Fate.Accepted),
                    new Event(ANNA, "call-1", Fate.Duplicate),
                    new Event(BENNO, "call-2", Fate.Suppressed),
                    new Event(CARLA, "call-3", Fate.Accepted)));

    private final List<Posted> posted = new ArrayList<>(List.of(
            posted(0, 1, Fate.Accepted, 1),
            posted(1, 1, Fate.Duplicate, 1),
            posted(2, 3, Fate.Suppressed, 1),
            posted(3, 4, Fate.Duplicate, 2)));
    private final List<Logged> log = new ArrayList<>(List.of(
            event(1, OutcomeStatus.Accepted, ""),
            event(2, OutcomeStatus.Skipped, "Duplicate"),
            event(3, OutcomeStatus.Skipped, "Suppressed"),
            event(4, OutcomeStatus.Accepted, ""),
            event(5, OutcomeStatus.Skipped, "Duplicate"),
            new Logged(1, "Invite", OutcomeStatus.Invited, ""),
            new Logged(4, "Invite", OutcomeStatus.Unknown, "OutcomeUnknown")));

    private List<String> wrongs() {
        return HookVerdict.of(List.of(HOOK), new HookFacts(Map.of("uid", posted), Map.of("uid", log), List.of(), 1));
    }

    @Test
    void whoeverCameOnceAndEndedOnceIsRight() {
        assertThat(wrongs()).isEmpty();
    }

    @Test
    void anEventThatNeverCameIsWrong() {
        posted.removeLast();
        assertThat(wrongs()).contains("bring: 1 event never came to the webhook");
    }

    @Test
    void somebodyWhoIsLetInTwiceIsWrong() {
        posted.set(1, posted(1, 2, Fate.Accepted, 1));
        log.set(1, event(2, OutcomeStatus.Accepted, ""));
        assertThat(wrongs())
                .containsExactly(
                        "bring: the event of Human[1] was answered with Accepted instead of Duplicate",
                        "bring: Human[1] came as number 1, and as number 2 when they came again",
                        "bring: 2 people came by webhook, and the log let in 3");
    }

    @Test
    void onlyWhoWasPostedAgainMayBeKnownAtOnce() {
        posted.set(3, posted(3, 4, Fate.Duplicate, 1));
        assertThat(wrongs())
                .containsExactly("bring: the event of Human[3] was answered with Duplicate instead of Accepted");
    }

    @Test
    void anEventWithoutALineIsWrong() {
        log.removeIf(line -> line.number() == 3);
        assertThat(wrongs()).containsExactly("bring: the log does not tell once what became of the event of Human[2]");
    }

    @Test
    void whoWasLetInAndLostIsWrong() {
        log.removeLast();
        log.add(new Logged(4, "Invite", OutcomeStatus.Deferred, "FloodWait"));
        assertThat(wrongs()).containsExactly("bring: Human[3] came by webhook, and nothing came of it");
    }

    private static Posted posted(int event, long number, Fate fate, int tries) {
        return new Posted(HOOK.events().get(event), new Receipt(number, fate), tries);
    }

    private static Logged event(long number, OutcomeStatus status, String reason) {
        return new Logged(number, HookFacts.EVENT, status, reason);
    }

    private static Human human(long id) {
        return new Human(id, "user" + id, "+49170000100" + id, false, Optional.empty(), Optional.empty());
    }

    private static Line line(Human human) {
        return new Line(human, true);
    }
}
