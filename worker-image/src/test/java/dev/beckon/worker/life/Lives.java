package dev.beckon.worker.life;

import dev.beckon.worker.KillPoint;
import dev.beckon.worker.KillPoint.Way;
import dev.beckon.worker.life.Life.ChatKind;
import dev.beckon.worker.life.Life.Death;
import dev.beckon.worker.life.Life.Editable;
import dev.beckon.worker.life.Life.Hours;
import dev.beckon.worker.life.Life.Limits;
import dev.beckon.worker.life.Life.Moment;
import dev.beckon.worker.life.Life.Settings;
import dev.beckon.worker.life.Life.Step;
import dev.beckon.worker.life.Life.Text;
import dev.beckon.workorder.InviteOrder.Mode;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.ListArbitrary;

/** Draws lives. */
final class Lives {
    /** The people of the audience, by username; two of them are in the second audience by phone. */
    static final String[] PEOPLE = {"bobby", "carol", "dora", "erik"};

    /** Sent, deleted for both sides, and no answer: nothing that can be asked for is left of it. */
    private static final String GONE = "Gone";

    /** Those that a campaign's worker comes by. */
    private static final List<KillPoint> ON_THE_WAY = Arrays.stream(KillPoint.values())
            .filter(step -> step.way() == Way.INVITE || step.way() == Way.HANDOVER)
            .toList();

    /** Where a death leaves most in doubt. */
    private static final EnumSet<KillPoint> IN_DOUBT = EnumSet.of(
            KillPoint.AFTER_INTENT,
            KillPoint.AFTER_CALL,
            KillPoint.AFTER_OUTCOME,
            KillPoint.BEFORE_SETTLEMENT,
            KillPoint.AFTER_SETTLEMENT);

    /**
     * Where no act is on its way that was allowed before: whoever opts out here is asked about once more before they are
     * contacted. Between an intent and its call it would be too late.
     */
    private static final EnumSet<KillPoint> NOTHING_ON_ITS_WAY = EnumSet.of(
            KillPoint.AFTER_READY,
            KillPoint.AFTER_CLAIM,
            KillPoint.AFTER_RESOLVE,
            KillPoint.AFTER_CALL,
            KillPoint.AFTER_OUTCOME,
            KillPoint.BEFORE_SETTLEMENT,
            KillPoint.AFTER_SETTLEMENT);

    private Lives() {}

    static Arbitrary<Life> any() {
        return Combinators.combine(
                        Arbitraries.of(ChatKind.class),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(1, 2),
                        settings(),
                        settings(),
                        faults(),
                        steps())
                .as(Life::new);
    }

    private static Arbitrary<Settings> settings() {
        return Combinators.combine(Arbitraries.of(Mode.class), editable()).as(Settings::new);
    }

    private static Arbitrary<Editable> editable() {
        return Combinators.combine(
                        Arbitraries.of(Duration.ZERO, Duration.ofSeconds(30), Duration.ofMinutes(7)),
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.just(Hours.ALL_DAY)), Tuple.of(1, Arbitraries.of(Hours.class))),
                        limits(),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(2, 20),
                        Arbitraries.of(Duration.ofSeconds(20), Duration.ofMinutes(10)),
                        Arbitraries.of(Text.class))
                .as(Editable::new);
    }

    private static Arbitrary<Limits> limits() {
        return Combinators.combine(Arbitraries.of(1, 2, 100), Arbitraries.of(1, 40), Arbitraries.of(1, 40))
                .as(Limits::new);
    }

    private static ListArbitrary<String> faults() {
        Arbitrary<String> ofInvites = Combinators.combine(
                        effects("JoinedAlone", "AddedThenLeft", "AddedThenLeft, delay: 60s"), details())
                .as((what, details) -> fault("channels.inviteToChannel", what, details));
        Arbitrary<String> ofMessages = Combinators.combine(effects("DeletedForBothSides", GONE), details())
                .as((what, details) -> fault("messages.sendMessage", what, details));
        Arbitrary<String> ofQuestions = Combinators.combine(
                        Arbitraries.of(
                                "channels.getParticipant",
                                "channels.getAdminLog",
                                "contacts.resolveUsername",
                                "contacts.importContacts",
                                "contacts.deleteContacts",
                                "messages.exportChatInvite",
                                "messages.getHistory",
                                "channels.joinChannel"),
                        Arbitraries.oneOf(
                                refusals(),
                                Arbitraries.of(
                                        "RequestLost",
                                        "AnswerLost",
                                        "SessionRevoked",
                                        "ServerError",
                                        "ConnectionDropped")),
                        details())
                .as(Lives::fault);
        return Arbitraries.frequencyOf(Tuple.of(2, ofInvites), Tuple.of(2, ofMessages), Tuple.of(1, ofQuestions))
                .list()
                .ofMaxSize(4);
    }

    private static String fault(String on, String what, String details) {
        if (what.equals(GONE)) {
            return fault(on, "DeletedForBothSides", details) + fault(on, "AnswerLost", details);
        }
        if (what.equals("DoneThenServerError")) {
            // So often that TDLib gives up.
            details = details.replaceFirst("times: \\d", "times: 6");
        }
        return "  - {on: " + on + ", kind: " + what + details + "}\n";
    }

    /** What an act may meet; an effect that comes late comes before two minutes have passed. */
    private static Arbitrary<String> effects(String... ofTheirOwn) {
        return Arbitraries.oneOf(
                refusals(),
                Arbitraries.of(
                        "AnswerLost",
                        "RequestLost",
                        "Late, delay: 5s",
                        "Late, delay: 110s",
                        "SessionRevoked",
                        "DoneThenSessionRevoked",
                        "DoneThenConnectionDropped",
                        "DoneThenServerError"),
                Arbitraries.of(ofTheirOwn));
    }

    private static Arbitrary<String> refusals() {
        return Arbitraries.of(
                        "FLOOD_WAIT_30",
                        "FLOOD_WAIT_3600",
                        "PEER_FLOOD",
                        "USER_PRIVACY_RESTRICTED",
                        "USER_NOT_MUTUAL_CONTACT",
                        "USER_KICKED",
                        "INPUT_USER_DEACTIVATED",
                        "CHAT_ADMIN_REQUIRED",
                        "SOMETHING_NEW")
                .map(text -> "Error, text: " + text);
    }

    private static Arbitrary<String> details() {
        Arbitrary<String> whom = Arbitraries.of("", "", ", person: bobby", ", person: carol", ", person: dora");
        return Combinators.combine(
                        whom,
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, 2))
                .as((who, after, times) -> who + ", after: " + after + ", times: " + times);
    }

    private static ListArbitrary<Step> steps() {
        Arbitrary<Step> runs = Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, 1),
                        deaths().injectNull(0.2))
                .as((campaign, account, death) -> new Step.Run(campaign, account, Optional.ofNullable(death)));
        Arbitrary<Step> edits = Combinators.combine(Arbitraries.integers().between(0, 1), editable())
                .as(Step.Edited::new);
        Arbitrary<Step> times = Arbitraries.of(
                        Duration.ofSeconds(1), Duration.ofMinutes(3), Duration.ofHours(2), Duration.ofDays(8))
                .map(Step.TimePasses::new);
        Arbitrary<Step> joins = Arbitraries.of(PEOPLE).map(Step.JoinsAlone::new);
        Arbitrary<Step> leaves = Arbitraries.of(PEOPLE).map(Step.Leaves::new);
        Arbitrary<Step> deletions = Arbitraries.of(PEOPLE).map(Step.DeletesMessage::new);
        Arbitrary<Step> deadlines = Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.of(
                                Duration.ofSeconds(1), Duration.ofMinutes(20), Duration.ofHours(3), Duration.ofDays(2)))
                .as(Step.HasDeadline::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(6, runs),
                        Tuple.of(1, edits),
                        Tuple.of(2, times),
                        Tuple.of(1, joins),
                        Tuple.of(1, leaves),
                        Tuple.of(2, deletions),
                        Tuple.of(2, optOuts()),
                        Tuple.of(1, deadlines))
                .list()
                .ofMinSize(2)
                .ofMaxSize(7);
    }

    private static Arbitrary<Step> optOuts() {
        Arbitrary<Moment> moments = Combinators.combine(
                        Arbitraries.of(NOTHING_ON_ITS_WAY),
                        Arbitraries.integers().between(1, 3))
                .as(Moment::new);
        return Combinators.combine(Arbitraries.of(PEOPLE), moments.injectNull(0.4))
                .as((person, moment) -> new Step.OptsOut(person, Optional.ofNullable(moment)));
    }

    private static Arbitrary<Death> deaths() {
        Arbitrary<Death> killed = Combinators.combine(
                        Arbitraries.oneOf(Arbitraries.of(ON_THE_WAY), Arbitraries.of(IN_DOUBT)),
                        Arbitraries.integers().between(1, 3))
                .as(Death.At::new);
        Arbitrary<Death> cutOff = Arbitraries.longs().between(1, 250).map(Death.LedgerGone::new);
        Arbitrary<Death> asked = Arbitraries.integers().between(1, 3).map(Death.Asked::new);
        return Arbitraries.frequencyOf(Tuple.of(5, killed), Tuple.of(2, cutOff), Tuple.of(1, asked));
    }
}
