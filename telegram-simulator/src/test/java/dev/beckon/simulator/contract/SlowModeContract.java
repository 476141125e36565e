package dev.beckon.simulator.contract;

import static dev.beckon.simulator.contract.PostContract.plain;
import static dev.beckon.simulator.contract.PostContract.written;
import static dev.beckon.simulator.contract.Stage.ok;
import static dev.beckon.simulator.contract.Stage.refused;
import static dev.beckon.simulator.contract.WorldText.aliceAndBob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Content;
import dev.beckon.telegram.TelegramError;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Slow mode: a wait of one chat's, which Telegram tells in the words of the account's. */
public interface SlowModeContract extends Contract {
    private static WorldText slowTalk() {
        return aliceAndBob()
                .chat("title: Slow, username: slow_talk, owner: bobby, members: [alice], slowMode: 5m")
                .chat(PostContract.NEWS);
    }

    /** Some seconds after the last post, so that it is no other sending of the same. */
    private static TelegramError.Wait mustWait(Stage stage, long chat) {
        stage.world().advanceClock(Duration.ofSeconds(8));
        return refused(stage.alice().publish(chat, plain("Two")), TelegramError.Wait.class);
    }

    /** SLOWMODE_WAIT: this chat waits, the account does not. */
    @Test
    default void slowModeBindsAMemberInThisChatOnly() {
        try (Stage stage = stage(slowTalk())) {
            long slow = stage.found("slow_talk");
            ok(stage.alice().publish(slow, plain("One")));
            TelegramError.Wait wait = mustWait(stage, slow);
            assertThat(wait.scope()).isEqualTo(TelegramError.Wait.Scope.CHAT);
            assertThat(wait.time()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
            ok(stage.alice().publish(stage.found("our_news"), plain("Elsewhere")));
            assertThat(written(stage)).extracting(Content::text).containsExactlyInAnyOrder("One", "Elsewhere");
            stage.world().advanceClock(wait.time());
            ok(stage.alice().publish(slow, plain("Two")));
        }
    }

    /** What the engine knew of the chat is older than the post that binds. */
    @Test
    default void slowModeIsToldOfAChatThatWasLookedAtBefore() {
        try (Stage stage = stage(slowTalk())) {
            long slow = stage.found("slow_talk");
            ok(stage.alice().refreshChat(slow));
            ok(stage.alice().publish(slow, plain("One")));
            assertThat(mustWait(stage, slow).scope()).isEqualTo(TelegramError.Wait.Scope.CHAT);
        }
    }

    /** After a lost connection the engine sends once more by itself. */
    @Test
    default void aSlowModeThatBeganWithThePostLeavesOpenWhetherItIsThere() {
        try (Stage stage = stage(slowTalk()
                .messageFault("kind: DoneThenConnectionDropped")
                .messageFault("kind: Error, text: SLOWMODE_WAIT_300, after: 1"))) {
            long slow = stage.found("slow_talk");
            refused(stage.alice().publish(slow, plain("One")), TelegramError.Unanswered.class);
            assertThat(written(stage)).extracting(Content::text).containsExactly("One");
        }
    }

    @Test
    default void aFloodWaitInASlowChatBindsTheAccount() {
        try (Stage stage = stage(slowTalk().messageFault("kind: Error, text: FLOOD_WAIT_900, after: 1"))) {
            long slow = stage.found("slow_talk");
            ok(stage.alice().publish(slow, plain("One")));
            TelegramError.Wait wait = mustWait(stage, slow);
            assertThat(wait.scope()).isEqualTo(TelegramError.Wait.Scope.ACCOUNT);
            assertThat(wait.time()).isEqualTo(Duration.ofMinutes(15));
        }
    }

    @Test
    default void slowModeDoesNotBindAdministrators() {
        try (Stage stage = stage(
                aliceAndBob().chat("title: Slow, username: slow_talk, owner: bobby, admins: [alice], slowMode: 5m"))) {
            long slow = stage.found("slow_talk");
            ok(stage.alice().publish(slow, plain("One")));
            ok(stage.alice().publish(slow, plain("Two")));
        }
    }
}
