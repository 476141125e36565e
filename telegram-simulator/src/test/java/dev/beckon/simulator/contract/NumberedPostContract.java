package dev.beckon.simulator.contract;

import static dev.beckon.simulator.contract.PostContract.plain;
import static dev.beckon.simulator.contract.PostContract.written;
import static dev.beckon.simulator.contract.Stage.ok;
import static dev.beckon.simulator.contract.Stage.refused;
import static dev.beckon.simulator.contract.WorldText.aliceAndBob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Content;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatPost;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramSession;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Posts by their numbers: all that a bot, who reads no history, can find out of what it wrote. */
public interface NumberedPostContract extends Contract {
    /** TDLib's id of a channel's first message, which says that it was created. */
    long CREATED = 1L << 20;

    private static WorldText ofABot() {
        return aliceAndBob()
                .person(LoginContract.BOT)
                .chat("title: News, username: our_news, kind: Channel, owner: alice, admins: [helper_bot]")
                .chat("title: Talk, username: our_talk, owner: alice, admins: [helper_bot], members: [bobby]");
    }

    private static long chatId(Stage stage, String title) {
        return -1_000_000_000_000L - stage.bareId(title);
    }

    private static long found(Stage stage, TelegramSession session, String title) {
        return ok(session.findChat(new ChatTarget.Id(chatId(stage, title)))).id();
    }

    private static void writes(Stage stage, String who, String title, String... texts) {
        for (String text : texts) {
            stage.world().acts().perform(new Act.Post(stage.id(who), stage.bareId(title), Content.text(text), 0));
        }
    }

    private static List<String> after(TelegramSession session, long chat, long message, int count) {
        return ok(session.postsAfter(chat, message, count)).stream()
                .map(ChatPost::text)
                .toList();
    }

    @Test
    default void aBotThatAdministersAChannelPostsInItAndCanNotReadIt() {
        try (Stage stage = stage(aliceAndBob()
                .person(LoginContract.BOT)
                .chat("title: News, username: our_news, kind: Channel, owner: alice, admins: [helper_bot]"))) {
            TelegramSession bot = stage.as("helper_bot");
            long chat = ok(bot.findChat(new ChatTarget.Username("our_news"))).id();
            ChatPost post = ok(bot.publish(chat, plain("Good morning")));
            assertThat(post.link()).contains("https://t.me/our_news/2");
            assertThat(written(stage)).hasSize(1);
            Answer<?> history = bot.posts(chat, Instant.EPOCH);
            refused(history, TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void aBotFindsAChannelThatItIsInByItsId() {
        try (Stage stage = stage(ofABot())) {
            TelegramSession bot = stage.as("helper_bot");
            assertThat(ok(bot.findChat(new ChatTarget.Id(chatId(stage, "News"))))
                            .title())
                    .isEqualTo("News");
        }
    }

    @Test
    default void aBotFindsNoChannelThatItIsNotIn() {
        try (Stage stage = stage(ofABot().chat("title: Private, kind: Channel, owner: alice"))) {
            Answer<?> found = stage.as("helper_bot").findChat(new ChatTarget.Id(chatId(stage, "Private")));
            assertThat(found).isInstanceOf(Answer.Refused.class);
        }
    }

    @Test
    default void aBotFindsWhatFollowsAMessageByItsNumber() {
        try (Stage stage = stage(ofABot())) {
            writes(stage, "helper_bot", "News", "One", "Two", "Three");
            TelegramSession bot = stage.as("helper_bot");
            long chat = found(stage, bot, "News");
            List<ChatPost> posts = ok(bot.postsAfter(chat, 2 * CREATED, 100));
            assertThat(posts).extracting(ChatPost::text).containsExactly("Two", "Three");
            assertThat(posts.getFirst().messageId()).isEqualTo(3 * CREATED);
            assertThat(posts.getFirst().link()).contains("https://t.me/our_news/3");
        }
    }

    @Test
    default void onlySoManyNumbersAreAskedFor() {
        try (Stage stage = stage(ofABot())) {
            writes(stage, "helper_bot", "News", "One", "Two", "Three");
            TelegramSession bot = stage.as("helper_bot");
            long chat = found(stage, bot, "News");
            assertThat(after(bot, chat, CREATED, 2)).containsExactly("One", "Two");
        }
    }

    @Test
    default void whatWasDeletedHasNoNumberAnyMore() {
        try (Stage stage = stage(ofABot())) {
            writes(stage, "alice", "News", "One", "Two", "Three");
            stage.world().acts().deletePost(stage.bareId("News"), stage.id("alice"), 2);
            TelegramSession bot = stage.as("helper_bot");
            long chat = found(stage, bot, "News");
            assertThat(after(bot, chat, CREATED, 10)).containsExactly("One", "Three");
        }
    }

    @Test
    default void whereNothingFollowsNothingIsFound() {
        try (Stage stage = stage(ofABot())) {
            TelegramSession bot = stage.as("helper_bot");
            long chat = found(stage, bot, "News");
            assertThat(after(bot, chat, CREATED, 100)).isEmpty();
        }
    }

    @Test
    default void ofAGroupABotFindsItsOwnPostsOnly() {
        try (Stage stage = stage(ofABot())) {
            writes(stage, "bobby", "Talk", "Hello");
            writes(stage, "helper_bot", "Talk", "News of today");
            TelegramSession bot = stage.as("helper_bot");
            long chat = found(stage, bot, "Talk");
            assertThat(after(bot, chat, CREATED, 100)).containsExactly("News of today");
        }
    }

    @Test
    default void aUserFindsThemToo() {
        try (Stage stage = stage(ofABot())) {
            writes(stage, "helper_bot", "News", "One");
            assertThat(after(stage.alice(), stage.found("our_news"), CREATED, 5))
                    .containsExactly("One");
        }
    }

    @Test
    default void aFloodWaitOfTheQuestionIsTold() {
        try (Stage stage =
                stage(ofABot().fault("on: channels.getMessages, kind: Error, text: FLOOD_WAIT_300, times: 20"))) {
            TelegramSession bot = stage.as("helper_bot");
            long chat = found(stage, bot, "News");
            refused(bot.postsAfter(chat, CREATED, 5), TelegramError.Wait.class);
        }
    }
}
