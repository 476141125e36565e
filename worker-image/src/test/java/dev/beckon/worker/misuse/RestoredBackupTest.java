package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.testing.Backup;
import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Contact;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Last night's backup of the database is restored: people, intents, outcomes, limits and opt-outs of the day since are forgotten. That no
 * worker is started then is the operator's to hold ({@code RestoredLedgerTest}, {@code RestoredLedgerLifeTest}), by the number that is
 * looked at here. What protects people once somebody has acknowledged it is what Telegram itself remembers; and what nobody remembers is
 * told in docs/ledger.md.
 */
@Isolated("all rows of the ledger come back, also those of a test beside it")
class RestoredBackupTest extends Misuse {
    private static final Duration UNTIL_NIGHT = Duration.ofHours(13);
    private static final Duration UNTIL_MORNING = Duration.ofHours(10);

    private Backup nightly;

    @Override
    String faults() {
        return """
                faults:
                  - {on: messages.getHistory, person: carol, kind: Error, text: FLOOD_WAIT_900, times: 1}
                  - {on: messages.getHistory, person: dora, kind: Error, text: CHAT_RESTRICTED, times: 1}
                """;
    }

    @AfterEach
    void forgetTheBackup() {
        if (nightly != null) {
            nightly.close();
        }
        // Or the workers of tests that come later would look into messages, too.
        stage.database().execute("DELETE FROM beckon_audit.restored");
    }

    /** A campaign whose people are in the ledger by night, when the backup is made. In the morning it goes on. */
    private Orders queued(Orders orders) {
        pass(UNTIL_NIGHT);
        assertThat(run(orders).result().reason()).isEqualTo("QuietHours");
        nightly = Backup.of(stage.database());
        pass(UNTIL_MORNING);
        return orders;
    }

    /** Its leases are those of holders long gone. */
    private void restored() {
        nightly.restore();
        stage.leasesRunOut();
    }

    /** Somebody accepts it. Others have raised the number meanwhile beyond what any status told. */
    private void acknowledged() {
        try (OperatorLedger operator =
                stage.database().operatorLedger(stage.world().clock())) {
            operator.reports()
                    .acknowledgeRestored(number(), stage.world().clock().instant());
        }
    }

    private Orders contactedSince(Orders orders) {
        return contactedSince(orders, "bobby");
    }

    private Orders contactedSince(Orders orders, String username) {
        contacted(queued(orders), username);
        assertThat(words(orders)).hasSize(1);
        restored();
        assertThat(words(orders)).as("the log has forgotten it, too").isEmpty();
        assertThat(pending(orders)).isEqualTo(1);
        return orders;
    }

    private long number() {
        return stage.ledger().reports().sequence();
    }

    @Test
    void theNumberByWhichEveryStatusTellsItFallsUntilAPersonAcknowledges() {
        Orders orders = queued(links("bobby"));
        contacted(orders, "bobby");
        long told = stage.report(orders.campaign()).sequence();
        restored();
        assertThat(stage.report(orders.campaign()).sequence())
                .isEqualTo(number())
                .isLessThan(told);

        try (OperatorLedger operator =
                stage.database().operatorLedger(stage.world().clock())) {
            operator.reports().acknowledgeRestored(told, stage.world().clock().instant());
        }
        assertThat(number()).isGreaterThanOrEqualTo(told);
    }

    @Test
    void underAWorkerThatWorks() {
        Duration pause = Duration.ofMinutes(1);
        Orders orders = queued(links("bobby", "carol").delay(pause, pause));
        boolean[] done = {false};
        Pod pod = stage.pod().resting(_ -> {
            if (!done[0]) {
                done[0] = true;
                restored();
            }
        });
        Ending ending = pod.run(Stage.inviting(orders.build()));
        assertThat(done[0]).isTrue();
        assertThat(ending.exit()).isEqualTo(ExitCode.LEASE_HELD);
        assertThat(calls("bobby")).isEqualTo(1);
        assertThat(calls("carol")).as("it ends before it contacts anybody more").isZero();
    }

    @Test
    void whoWasInvitedSinceIsAMember() {
        Orders orders = contactedSince(links("bobby").mode(Mode.InviteOrLink));
        run(orders);
        assertThat(calls("bobby")).isEqualTo(1);
        assertThat(words(orders)).containsExactly("AlreadyMember");
    }

    @Test
    void whoWasInvitedSinceAndLeftIsInTheEventLog() {
        Orders orders = contactedSince(links("bobby").mode(Mode.InviteOrLink));
        stage.world()
                .acts()
                .perform(new Act.Leave(
                        stage.chatId("Meetup"), stage.person("bobby").id()));
        run(orders);
        refused(orders, "bobby", 1, "Suppressed", "LeftBefore", "Left");
    }

    @Test
    void whoLeftSinceIsRefusedByTelegramOnceTheEventLogForgotIt() {
        Orders orders = queued(links("carol"));
        leaves("bobby");
        run(orders);
        restored();
        pass(Duration.ofDays(5));
        Orders later = links("bobby").mode(Mode.InviteOrLink);
        run(later);
        assertThat(words(later)).containsExactly("LeftBefore");
        assertThat(stage.reached(stage.person("bobby"), How.INVITE)).isEmpty();
        assertThat(stage.tried(stage.person("bobby"), How.MESSAGE)).isZero();
    }

    @Test
    void whoWasInFlightAtTheBackupHasItInTheirMessages() {
        Orders orders = links("bobby");
        Pod pod = stage.pod().killedAt(KillPoint.AFTER_CALL, 1);
        assertThatThrownBy(() -> pod.run(Stage.inviting(orders.build()))).isInstanceOf(Pod.Killed.class);
        nightly = Backup.of(stage.database());
        stage.leasesRunOut();
        pass(Duration.ofMinutes(5));
        run(orders);
        assertThat(words(orders)).containsExactly("LinkSent");

        restored();
        assertThat(words(orders)).isEmpty();
        run(orders);
        assertThat(words(orders)).containsExactly("LinkSent");
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).hasSize(1);
    }

    /** The ledger has forgotten the link that was sent, too: the message says the same with another. */
    @Test
    void whoGotALinkSinceHasItInTheirMessages() {
        Orders orders = contactedSince(links("bobby"));
        acknowledged();
        run(orders);
        assertThat(words(orders)).containsExactly("LinkSent");
        assertThat(calls("bobby")).isEqualTo(1);

        pass(Duration.ofDays(1));
        // The cap counts what was found.
        Orders other = links("bobby").target("@second_meetup");
        waits(run(other), other, "bobby", 1, "FrequencyCap");
    }

    /** The engine sends it without the ring. */
    @Test
    void whoGotALinkSinceHasItInTheirMessagesAlsoWhereItsTextWasCleaned() {
        Orders orders = contactedSince(links("bobby").message("Ba\u030at:\t{{link}}"));
        acknowledged();
        run(orders);
        assertThat(words(orders)).containsExactly("LinkSent");
        assertThat(calls("bobby")).isEqualTo(1);
    }

    @Test
    void whoseMessagesCanNotBeReadIsComeBackTo() {
        Orders orders = contactedSince(links("carol"), "carol");
        acknowledged();
        waits(run(orders), orders, "carol", 1, "FloodWait");

        pass(Duration.ofMinutes(20));
        run(orders);
        assertThat(words(orders)).endsWith("LinkSent");
        assertThat(calls("carol")).isEqualTo(1);
    }

    @Test
    void whoseChatIsClosedToTheAccountIsTriedLaterAndStallsNoCampaign() {
        Orders orders = contactedSince(links("dora"), "dora");
        acknowledged();
        assertThat(run(orders).result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(words(orders)).containsExactly("MessageRefused");

        pass(Duration.ofHours(2));
        run(orders);
        assertThat(words(orders)).endsWith("LinkSent");
        assertThat(calls("dora")).isEqualTo(1);
    }

    /** What came after the acknowledgement the ledger knows: the same words for another chat are another link. */
    @Test
    void whoGotALinkAfterTheAcknowledgementGetsThatOfAnotherChatInItsTime() {
        Orders orders = queued(links("bobby").message("Join us: {{link}}"));
        restored();
        acknowledged();
        pass(Duration.ofMinutes(1));
        contacted(orders, "bobby");
        pass(NEXT_WEEK);
        contacted(links("bobby").target("@second_meetup").message("Join us: {{link}}"), "bobby");
    }

    @Test
    void whoGotNothingSinceGetsTheirLink() {
        Orders orders = queued(links("bobby"));
        restored();
        acknowledged();
        run(orders);
        assertThat(words(orders)).containsExactly("LinkSent");
        assertThat(calls("bobby")).isEqualTo(1);
    }

    /** Nothing that an account can ask tells of it: a chat of two has no event log. */
    @Test
    void whoDeletedTheLinkForBothSidesGetsAnotherUnlessThePersonWhoAcknowledgesLooksFirst() {
        Orders orders = contactedSince(links("bobby"));
        acknowledged();
        stage.world()
                .acts()
                .perform(new Act.DeleteLastMessage(
                        stage.person("alice").id(), stage.person("bobby").id()));
        run(orders);
        assertThat(calls("bobby")).as("as docs/ledger.md says").isEqualTo(2);
    }

    @Test
    void whoGotALinkSinceIsPutOnTheListBeforeTheAcknowledgement() {
        Orders orders = contactedSince(links("bobby"));
        stage.ledger()
                .suppressions()
                .add(List.of(Identities.ofUsername("bobby")), OptionalLong.of(chat("Meetup")), "RestoredBackup");
        run(orders);
        refused(orders, "bobby", 1, "Suppressed");
    }

    @Test
    void theDaysQuotaIsKeptByWhoWaitsADayBeforeTheAcknowledgement() {
        Orders orders = queued(links("bobby", "carol").mode(Mode.InviteOrLink).limits(1, 1, 5, 100));
        assertThat(run(orders).result().reason()).isEqualTo("DailyLimit");
        restored();
        pass(Duration.ofHours(24));
        run(orders);
        List<Instant> times =
                stage.world().truth().contacts().stream().map(Contact::at).toList();
        assertThat(times).hasSize(2);
        assertThat(Duration.between(times.getFirst(), times.getLast())).isGreaterThanOrEqualTo(Duration.ofHours(24));
    }
}
