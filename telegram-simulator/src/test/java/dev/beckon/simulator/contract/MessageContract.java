package dev.beckon.simulator.contract;

import static dev.beckon.simulator.contract.Stage.ok;
import static dev.beckon.simulator.contract.Stage.refused;
import static dev.beckon.simulator.contract.WorldText.aliceAndBob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Message;
import dev.beckon.telegram.ChatMessage;
import dev.beckon.telegram.SentMessage;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Personal messages, and finding out afterwards whether one was sent. */
public interface MessageContract extends Contract {
    String TEXT = "Hello, here is the link: https://t.me/+abcdefghijkl";

    private static List<ChatMessage> withBob(Stage stage, Duration back) {
        Instant since = stage.world().clock().instant().minus(back);
        return ok(stage.alice().messagesWith(stage.id("bobby"), since));
    }

    private static List<Message> bobsBox(Stage stage) {
        return stage.world().truth().box(stage.id("bobby"), stage.id("alice"));
    }

    @Test
    default void aMessageArrives() {
        try (Stage stage = stage(aliceAndBob())) {
            Instant before = stage.world().clock().instant().minusSeconds(2);
            SentMessage sent = ok(stage.alice().sendMessage(stage.met("bobby"), TEXT));
            assertThat(sent.at()).isBetween(before, before.plusSeconds(600));
            assertThat(bobsBox(stage)).extracting(Message::text).containsExactly(TEXT);
        }
    }

    @Test
    default void aSentMessageIsFoundAgain() {
        try (Stage stage = stage(aliceAndBob())) {
            SentMessage sent = ok(stage.alice().sendMessage(stage.met("bobby"), TEXT));
            assertThat(withBob(stage, Duration.ofMinutes(50))).singleElement().satisfies(message -> {
                assertThat(message.text()).isEqualTo(TEXT);
                assertThat(message.outgoing()).isTrue();
                assertThat(message.id()).isEqualTo(sent.messageId());
                assertThat(message.senderId()).isEqualTo(stage.id("alice"));
            });
        }
    }

    @Test
    default void nothingIsFoundWhereNothingWasSent() {
        try (Stage stage = stage(aliceAndBob())) {
            stage.met("bobby");
            assertThat(withBob(stage, Duration.ofMinutes(50))).isEmpty();
        }
    }

    @Test
    default void olderMessagesAreLeftOut() {
        try (Stage stage = stage(aliceAndBob())) {
            ok(stage.alice().sendMessage(stage.met("bobby"), "first"));
            stage.world().advanceClock(Duration.ofHours(2));
            ok(stage.alice().sendMessage(stage.met("bobby"), "second"));
            assertThat(withBob(stage, Duration.ofHours(1)))
                    .extracting(ChatMessage::text)
                    .containsExactly("second");
        }
    }

    @Test
    default void anAnswerIsIncomingAndTheNewestComesFirst() {
        try (Stage stage = stage(aliceAndBob())) {
            ok(stage.alice().sendMessage(stage.met("bobby"), "question"));
            stage.world().acts().perform(new Act.Send(stage.id("bobby"), stage.id("alice"), "answer", 0));
            // A client may still be taking in what was pushed to it.
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                List<ChatMessage> messages = withBob(stage, Duration.ofMinutes(50));
                assertThat(messages).extracting(ChatMessage::text).containsExactly("answer", "question");
                assertThat(messages).extracting(ChatMessage::outgoing).containsExactly(false, true);
            });
        }
    }

    @Test
    default void aLongTalkIsReadWhole() {
        try (Stage stage = stage(aliceAndBob())) {
            ok(stage.alice().sendMessage(stage.met("bobby"), "question"));
            for (int i = 0; i < 130; i++) {
                stage.world().acts().perform(new Act.Send(stage.id("bobby"), stage.id("alice"), "answer " + i, 0));
            }
            // A client may still be taking in what was pushed to it.
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                List<ChatMessage> messages = withBob(stage, Duration.ofMinutes(50));
                assertThat(messages).hasSize(131);
                assertThat(messages.getLast().text()).isEqualTo("question");
            });
        }
    }

    @Test
    default void whoIsOpenToContactsOnlyGetsNoMessageOfAStranger() {
        try (Stage stage = stage(aliceAndBob().person("username: dora, privacy: {messages: Contacts}"))) {
            refused(stage.alice().sendMessage(stage.met("dora"), TEXT), TelegramError.PrivacyRestricted.class);
        }
    }

    @Test
    default void whoIsOpenToContactsGetsTheMessageOfOne() {
        try (Stage stage =
                stage(aliceAndBob().person("username: dora, privacy: {messages: Contacts}, contacts: [alice]"))) {
            ok(stage.alice().sendMessage(stage.met("dora"), TEXT));
        }
    }

    @Test
    default void whoBlockedUsNeverSeesTheMessage() {
        try (Stage stage = stage(aliceAndBob())) {
            stage.world().acts().block(stage.id("bobby"), stage.id("alice"));
            ok(stage.alice().sendMessage(stage.met("bobby"), TEXT));
            assertThat(bobsBox(stage)).isEmpty();
            assertThat(stage.world().truth().contacts())
                    .singleElement()
                    .satisfies(contact -> assertThat(contact.delivered()).isFalse());
        }
    }

    @Test
    default void aDeactivatedPersonCanNotBeWrittenTo() {
        try (Stage stage = stage(aliceAndBob().messageFault("kind: Error, text: INPUT_USER_DEACTIVATED"))) {
            refused(stage.alice().sendMessage(stage.met("bobby"), TEXT), TelegramError.Unreachable.class);
        }
    }

    @Test
    default void aTooLongTextIsRefused() {
        try (Stage stage = stage(aliceAndBob())) {
            refused(stage.alice().sendMessage(stage.met("bobby"), "x".repeat(4097)), TelegramError.CampaignFault.class);
            assertThat(bobsBox(stage)).isEmpty();
        }
    }

    @Test
    default void theLongestTextIsTaken() {
        try (Stage stage = stage(aliceAndBob())) {
            ok(stage.alice().sendMessage(stage.met("bobby"), "x".repeat(4096)));
            assertThat(bobsBox(stage)).hasSize(1);
        }
    }

    @Test
    default void writingToTooManyStrangersMakesTheAccountLimited() {
        try (Stage stage = stage(new WorldText()
                .person("username: alice, phone: '+491700000001', peerFloodAfter: 1")
                .person("username: bobby")
                .person("username: carla"))) {
            ok(stage.alice().sendMessage(stage.met("bobby"), TEXT));
            refused(stage.alice().sendMessage(stage.met("carla"), TEXT), TelegramError.Limited.class);
        }
    }

    @Test
    default void aLongFloodWaitOfAMessageIsToldWithItsTime() {
        try (Stage stage = stage(aliceAndBob().messageFault("kind: Error, text: FLOOD_WAIT_300"))) {
            TelegramError.Wait wait =
                    refused(stage.alice().sendMessage(stage.met("bobby"), TEXT), TelegramError.Wait.class);
            assertThat(wait.time()).isEqualTo(Duration.ofMinutes(5));
        }
    }

    @Test
    default void aLostAnswerIsUnansweredAndTheMessageIsFoundAgain() {
        try (Stage stage = stage(aliceAndBob().messageFault("kind: AnswerLost"))) {
            refused(stage.alice().sendMessage(stage.met("bobby"), TEXT), TelegramError.Unanswered.class);
            assertThat(bobsBox(stage)).hasSize(1);
            assertThat(withBob(stage, Duration.ofMinutes(50)))
                    .anySatisfy(message -> assertThat(message.text()).isEqualTo(TEXT));
        }
    }

    @Test
    default void aMessageIsThereOnceThoughALostConnectionHadItSentTwice() {
        try (Stage stage = stage(aliceAndBob().messageFault("kind: DoneThenConnectionDropped"))) {
            ok(stage.alice().sendMessage(stage.met("bobby"), TEXT));
            assertThat(bobsBox(stage)).hasSize(1);
        }
    }

    /** The engine sends once more by itself, and what it hears then is said of the second sending. */
    @Test
    default void aRefusedMessageMayBeThereByTheFirstOfTwoSendings() {
        for (String refusal : List.of("PEER_FLOOD", "FLOOD_WAIT_300")) {
            try (Stage stage = stage(aliceAndBob()
                    .messageFault("kind: DoneThenConnectionDropped")
                    .messageFault("kind: Error, after: 1, text: " + refusal))) {
                refused(stage.alice().sendMessage(stage.met("bobby"), TEXT));
                assertThat(bobsBox(stage)).extracting(Message::text).containsExactly(TEXT);
                assertThat(seenBySuccessor(stage)).containsExactly(TEXT);
            }
        }
    }

    @Test
    default void aMessageIsKnownAgainThoughTheEngineCleansIt() {
        for (String text : List.of("Ba\u030at \u2028and\tMalmo\u0308\r\n", "\u2764\ufe0f", "🎉", "å\u0333é\u033f")) {
            try (Stage stage = stage(aliceAndBob())) {
                ok(stage.alice().sendMessage(stage.met("bobby"), text));
                assertThat(bobsBox(stage))
                        .singleElement()
                        .satisfies(message -> assertThat(message.text().strip())
                                .isEqualTo(Words.cleaned(text).strip()));
                assertThat(seenBySuccessor(stage))
                        .singleElement()
                        .satisfies(shown ->
                                assertThat(Words.same(text, shown)).as(shown).isTrue());
            }
        }
    }

    private static List<String> seenBySuccessor(Stage stage) {
        stage.alice().close();
        var successor = stage.open("alice");
        Stage.await(successor, dev.beckon.telegram.LoginState.Ready.class);
        long bob = ok(successor.findByUsername("bobby")).id();
        Instant since = stage.world().clock().instant().minusSeconds(3000);
        return ok(successor.messagesWith(bob, since)).stream()
                .map(ChatMessage::text)
                .toList();
    }

    @Test
    default void aMessageOfASessionThatDiedIsFoundByItsSuccessor() {
        try (Stage stage = stage(aliceAndBob().messageFault("kind: AnswerLost"))) {
            refused(stage.alice().sendMessage(stage.met("bobby"), TEXT), TelegramError.Unanswered.class);
            stage.alice().close();
            var successor = stage.open("alice");
            Stage.await(successor, dev.beckon.telegram.LoginState.Ready.class);
            long bob = ok(successor.findByUsername("bobby")).id();
            Instant since = stage.world().clock().instant().minusSeconds(3000);
            assertThat(ok(successor.messagesWith(bob, since)))
                    .extracting(ChatMessage::text)
                    .containsExactly(TEXT);
        }
    }

    @Test
    default void aMessageThatWasDeletedForBothSidesLeavesNoTrace() {
        try (Stage stage = stage(aliceAndBob().messageFault("kind: DeletedForBothSides"))) {
            ok(stage.alice().sendMessage(stage.met("bobby"), TEXT));
            stage.alice().close();
            var successor = stage.open("alice");
            Stage.await(successor, dev.beckon.telegram.LoginState.Ready.class);
            long bob = ok(successor.findByUsername("bobby")).id();
            Instant since = stage.world().clock().instant().minusSeconds(3000);
            assertThat(ok(successor.messagesWith(bob, since))).isEmpty();
            assertThat(stage.world().truth().messages()).hasSize(1);
        }
    }

    @Test
    default void aBotCanNotWriteFirst() {
        try (Stage stage = stage(aliceAndBob().person(LoginContract.BOT))) {
            var bot = stage.as("helper_bot");
            long bob = ok(bot.findByUsername("bobby")).id();
            refused(bot.sendMessage(bob, TEXT));
            assertThat(stage.world().truth().messages()).isEmpty();
        }
    }
}
