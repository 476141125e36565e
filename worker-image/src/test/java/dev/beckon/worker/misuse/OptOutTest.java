package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.invite.PersonRecords;
import dev.beckon.ledger.people.Identities;
import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Profile;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.InviteOrder.Mode;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An opt-out is final, however it came, whenever it came, and by whatever name the person is tried again. */
class OptOutTest extends Misuse {
    private void suppress(Identities person, OptionalLong chat) {
        stage.ledger().suppressions().add(List.of(person), chat, "AskedByMail");
    }

    private void suppressEverywhere(String username) {
        suppress(Identities.ofUsername(username), OptionalLong.empty());
    }

    /** The campaign's worker, which meets the opt-out just before this call to Telegram. */
    private void runAndOptOutBefore(String call, Orders orders, Runnable optOut) {
        boolean[] done = {false};
        Pod pod = stage.pod().wiretapped(Wiretap.on((name, _) -> {
            if (name.equals(call) && !done[0]) {
                done[0] = true;
                optOut.run();
            }
        }));
        pod.run(Stage.inviting(orders.build()));
        assertThat(done[0]).as("the run came to " + call).isTrue();
    }

    static Stream<Arguments> onTheList() {
        return Stream.of(
                Arguments.of("by username, tried by username", Identities.ofUsername("bobby"), ",bobby,"),
                Arguments.of("by username, tried in capitals", Identities.ofUsername("bobby"), ",BOBBY,"),
                Arguments.of("by username, tried by phone", Identities.ofUsername("bobby"), "+491700000010,,"),
                Arguments.of(
                        "by username, tried by phone beside a name of nobody's",
                        Identities.ofUsername("bobby"),
                        "+491700000010,nobody_x,"),
                Arguments.of("by phone, tried by phone", Identities.ofPhone("+491700000010"), "+49 170 0000010,,"),
                Arguments.of("by phone, tried by both", Identities.ofPhone("+491700000010"), "+491700000010,bobby,"),
                Arguments.of(
                        "by phone, with another's name", Identities.ofPhone("+491700000010"), "+491700000010,dora,"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onTheList")
    void aPersonOnTheListIsTriedByAnotherName(String what, Identities listed, String line) {
        suppress(listed, OptionalLong.empty());
        Orders orders = links();
        runFile(orders, line);
        refused(orders, "bobby", 0, "Suppressed");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void inEveryMode(Mode mode) {
        suppressEverywhere("bobby");
        Orders orders = links("bobby").mode(mode);
        run(orders);
        refused(orders, "bobby", 0, "Suppressed");
    }

    @Test
    void betweenImportAndCall() {
        Orders orders = links("bobby", "carol");
        runAndOptOutBefore("findChat", orders, () -> suppressEverywhere("bobby"));
        assertThat(calls("bobby")).isZero();
        assertThat(calls("carol")).isEqualTo(1);
        assertThat(words(orders)).containsExactlyInAnyOrder("Suppressed", "LinkSent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"findByUsername", "membership"})
    void betweenLookUpAndCall(String call) {
        Orders orders = links("bobby");
        runAndOptOutBefore(call, orders, () -> suppressEverywhere("bobby"));
        refused(orders, "bobby", 0, "Suppressed");
    }

    @Test
    void whileTheWorkerPausesBetweenTwoPeople() {
        Orders orders = links("bobby", "carol").delay(Duration.ofMinutes(1), Duration.ofMinutes(1));
        stage.pod().resting(_ -> suppressEverywhere("carol")).run(Stage.inviting(orders.build()));
        assertThat(calls("bobby")).isEqualTo(1);
        assertThat(calls("carol")).isZero();
        assertThat(reasons(orders)).contains("Suppressed");
    }

    @Test
    void whileTheCampaignIsSuspended() {
        Orders orders = links("bobby", "carol").limits(40, 1, 5, 100);
        run(orders);
        suppressEverywhere("bobby");
        suppressEverywhere("carol");
        pass(Duration.ofDays(1));
        run(orders);
        assertThat(calls("bobby") + calls("carol")).isEqualTo(1);
        assertThat(words(orders)).containsExactly("LinkSent", "Suppressed");
    }

    @Test
    void betweenAnInvitationAndItsMessage() {
        Orders orders = links("bobby").mode(Mode.InviteAndMessage);
        runAndOptOutBefore("sendMessage", orders, () -> {});
        assertThat(calls("bobby")).isEqualTo(2);
        Orders second = links("carol").mode(Mode.InviteAndMessage);
        runAndOptOutBefore("addMember", second, () -> suppressEverywhere("carol"));
        assertThat(calls("carol"))
                .as("the invitation was on its way, the message was not")
                .isEqualTo(1);
        assertThat(reasons(second)).containsExactly("Suppressed");
    }

    private void leftIsFinal(Function<Profile, String> name) {
        leaves("bobby");
        run(links("carol"));
        Orders again = links();
        runFile(again, name.apply(stage.person("bobby")));
        refused(again, "bobby", 0, "Suppressed", "LeftBefore");
    }

    @Test
    void whoLeftIsTriedByUsername() {
        leftIsFinal(_ -> ",bobby,");
    }

    @Test
    void whoLeftIsTriedByPhone() {
        leftIsFinal(_ -> "+491700000010,,");
    }

    @Test
    void whoLeftIsTriedFromAListWhoseIdsAreNotTelegrams() {
        leaves("bobby");
        run(links("carol"));
        Orders again = links();
        runFile(again, "+491700000010,,17");
        refused(again, "bobby", 0, "IdentityMismatch");
    }

    @Test
    void whoLeftIsTriedBeforeAnythingElseIsDone() {
        leaves("bobby");
        Orders first = links("bobby");
        run(first);
        refused(first, "bobby", 0, "Suppressed", "LeftBefore");
    }

    @Test
    void whoLeavesInTheVeryMomentInWhichTheyAreContactedIsNotContactedAgain() {
        Orders orders = links("bobby");
        runAndOptOutBefore("findByUsername", orders, () -> leaves("bobby"));
        long soFar = calls("bobby");
        assertThat(soFar).as("what is on its way can't be called back").isLessThanOrEqualTo(1);
        pass(Duration.ofDays(1));
        run(links("carol"));
        pass(NEXT_WEEK);
        Orders again = links("bobby").mode(Mode.InviteOrLink);
        run(again);
        assertThat(calls("bobby")).isEqualTo(soFar);
    }

    @Test
    void whoLeftIsTriedAfterTheEventLogForgotThem() {
        leaves("bobby");
        run(links("carol"));
        pass(Duration.ofDays(30));
        Orders again = links("bobby");
        run(again);
        refused(again, "bobby", 0, "Suppressed", "LeftBefore");
    }

    @Test
    void whoLeftIsTriedByAnotherAccount() {
        leaves("bobby");
        run(links("carol"));
        pass(NEXT_WEEK);
        Orders again = Orders.of(stage.login("zoey")).mode(Mode.LinkOnly).people("bobby");
        run(again);
        refused(again, "bobby", 0, "Suppressed", "LeftBefore");
    }

    @Test
    void whoWasInvitedAndLeftIsInvitedAgain() {
        contacted(links("bobby").mode(Mode.InviteOrLink), "bobby");
        stage.world()
                .acts()
                .perform(new Act.Leave(
                        stage.chatId("Meetup"), stage.person("bobby").id()));
        pass(NEXT_WEEK);
        for (Mode mode : Mode.values()) {
            Orders again = links("bobby").mode(mode);
            run(again);
            refused(again, "bobby", 1, "Suppressed", "LeftBefore", "AlreadyContacted");
        }
    }

    @Test
    void whoLeftAndWhoseDataWereErased() {
        contacted(links("bobby"), "bobby");
        leaves("bobby");
        run(links("carol"));
        try (StewardLedger steward = stage.steward()) {
            for (PersonRecords.Kept kept : steward.people().find(Identities.ofUsername("bobby"))) {
                steward.erasure().erase(kept);
            }
        }
        pass(Duration.ofDays(100));
        Orders again = links("bobby");
        run(again);
        refused(again, "bobby", 1, "Suppressed", "LeftBefore", "AlreadyContacted");
    }

    @Test
    void whoLeftWhenTheCampaignsRetentionIsOver() {
        leaves("bobby");
        Orders first = links("bobby", "carol").retention(Duration.ofDays(1));
        run(first);
        pass(Duration.ofDays(100));
        forgotten(first);
        Orders again = links("bobby");
        run(again);
        refused(again, "bobby", 0, "Suppressed", "LeftBefore");
    }

    @Test
    void anOptOutOfOneChatIsOneOfThatChat() {
        suppress(Identities.ofUsername("bobby"), OptionalLong.of(chat("Meetup")));
        Orders meetup = links("bobby");
        run(meetup);
        refused(meetup, "bobby", 0, "Suppressed");
        contacted(links("bobby").target("@second_meetup"), "bobby");
    }

    @Test
    void theListCanNotBeOverriddenByConsent() {
        suppressEverywhere("bobby");
        Orders orders = links("bobby").consent("Contract");
        run(orders);
        refused(orders, "bobby", 0, "Suppressed");
    }

    @Test
    void acknowledgingAndRequeueingBringNobodyBack() {
        suppressEverywhere("bobby");
        Orders orders = links("bobby");
        run(orders);
        try (OperatorLedger operator =
                stage.database().operatorLedger(stage.world().clock())) {
            operator.decisions().requeueUnknown(orders.campaign(), "run-1");
        }
        run(orders);
        refused(orders, "bobby", 0, "Suppressed");
    }
}
