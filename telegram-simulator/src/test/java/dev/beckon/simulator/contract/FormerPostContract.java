package dev.beckon.simulator.contract;

import static dev.beckon.simulator.contract.Stage.ok;
import static dev.beckon.simulator.contract.Stage.refused;
import static dev.beckon.simulator.contract.WorldText.aliceAndBob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Content;
import dev.beckon.simulator.world.Content.Look;
import dev.beckon.simulator.world.Pictures;
import dev.beckon.telegram.ChatPost;
import dev.beckon.telegram.FormerPosts;
import dev.beckon.telegram.TelegramError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the administrators of a chat are told of posts that were deleted or edited. */
public interface FormerPostContract extends Contract {
    private static WorldText news() {
        return aliceAndBob().chat("title: News, username: our_news, kind: Channel, owner: alice, admins: [bobby]");
    }

    private static Instant ago(Stage stage, Duration back) {
        return stage.world().clock().instant().minus(back);
    }

    private static FormerPosts former(Stage stage, String chat, Duration back) {
        return ok(stage.alice().formerPosts(stage.found(chat), ago(stage, back)));
    }

    private static List<ChatPost> lately(Stage stage) {
        return former(stage, "our_news", Duration.ofHours(1)).posts();
    }

    /** Written with another device of the writer's. */
    private static void written(Stage stage, String title, String by, Content content) {
        stage.world().acts().perform(new Act.Post(stage.id(by), stage.bareId(title), content, 0));
    }

    private static void deleted(Stage stage, int messageId) {
        stage.world().acts().deletePost(stage.bareId("News"), stage.id("bobby"), messageId);
    }

    @Test
    default void aPostThatAnAdministratorDeletedIsToldAsItWas() {
        try (Stage stage = stage(news())) {
            ChatPost post = ok(stage.alice().publish(stage.found("our_news"), PostContract.plain("Good morning")));
            deleted(stage, 1);
            assertThat(lately(stage))
                    .containsExactly(
                            new ChatPost(post.messageId(), post.at(), "Good morning", false, Optional.empty()));
        }
    }

    @Test
    default void aDeletedPostStandsInTheChannelNoMore() {
        try (Stage stage = stage(news())) {
            written(stage, "News", "alice", Content.text("Stays"));
            written(stage, "News", "alice", Content.text("Goes"));
            deleted(stage, 2);
            assertThat(ok(stage.alice().posts(stage.found("our_news"), ago(stage, Duration.ofHours(1)))))
                    .extracting(ChatPost::text)
                    .containsExactly("Stays");
            assertThat(lately(stage)).extracting(ChatPost::text).containsExactly("Goes");
        }
    }

    @Test
    default void thePostAfterADeletedOneHasALinkOfItsOwn() {
        try (Stage stage = stage(news())) {
            written(stage, "News", "alice", Content.text("Goes"));
            deleted(stage, 1);
            assertThat(ok(stage.alice().publish(stage.found("our_news"), PostContract.plain("Comes")))
                            .link())
                    .contains("https://t.me/our_news/3");
        }
    }

    @Test
    default void aDeletedPictureIsToldWithItsCaption() {
        try (Stage stage = stage(news())) {
            byte[] image = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1};
            List<Look> bold = List.of(new Look("bold", 4, 3, Optional.empty()));
            written(stage, "News", "alice", new Content("The sun", bold, Optional.of(Pictures.of(image))));
            deleted(stage, 1);
            assertThat(lately(stage)).singleElement().satisfies(post -> {
                assertThat(post.image()).isTrue();
                assertThat(post.text()).isEqualTo("The sun");
            });
        }
    }

    @Test
    default void aPostThatIsDeletedAtOnceIsAnsweredAndToldAsDeleted() {
        try (Stage stage = stage(news().messageFault("kind: DeletedForBothSides"))) {
            ChatPost post = ok(stage.alice().publish(stage.found("our_news"), PostContract.plain("Hello")));
            assertThat(PostContract.written(stage)).isEmpty();
            assertThat(lately(stage)).extracting(ChatPost::messageId).containsExactly(post.messageId());
        }
    }

    @Test
    default void anEditedPostIsToldAsItWasBefore() {
        try (Stage stage = stage(news())) {
            written(stage, "News", "alice", Content.text("Good mroning"));
            stage.world().acts().editPost(stage.bareId("News"), stage.id("bobby"), 1, Content.text("Good morning"));
            assertThat(lately(stage)).extracting(ChatPost::text).containsExactly("Good mroning");
            deleted(stage, 1);
            assertThat(lately(stage)).extracting(ChatPost::text).containsExactly("Good mroning", "Good morning");
        }
    }

    @Test
    default void whatStandsAsItWasWrittenIsNotTold() {
        try (Stage stage = stage(news())) {
            Instant since = ago(stage, Duration.ofHours(1));
            written(stage, "News", "alice", Content.text("Stays"));
            FormerPosts former = ok(stage.alice().formerPosts(stage.found("our_news"), since));
            assertThat(former.posts()).isEmpty();
            assertThat(former.coversFrom()).isEqualTo(since);
        }
    }

    @Test
    default void aMessageThatAMemberWroteIsToldToo() {
        try (Stage stage =
                stage(aliceAndBob().chat("title: News, username: our_news, owner: alice, members: [bobby]"))) {
            written(stage, "News", "bobby", Content.text("Ours?"));
            stage.world().acts().deletePost(stage.bareId("News"), stage.id("alice"), 1);
            assertThat(lately(stage)).extracting(ChatPost::text).containsExactly("Ours?");
        }
    }

    @Test
    default void peopleWhoComeAreNoPostsAndPostsThatGoNoPeople() {
        try (Stage stage = stage(news().person("username: carla"))) {
            stage.world().acts().perform(new Act.Join(stage.bareId("News"), stage.id("carla")));
            written(stage, "News", "alice", Content.text("Goes"));
            deleted(stage, 1);
            assertThat(lately(stage)).hasSize(1);
            assertThat(ok(stage.alice().eventLog(stage.found("our_news"), ago(stage, Duration.ofHours(1))))
                            .events())
                    .hasSize(1);
        }
    }

    @Test
    default void whatWasDeletedBeforeTheTimeThatIsAskedForIsNotTold() {
        try (Stage stage = stage(news())) {
            written(stage, "News", "alice", Content.text("Early"));
            written(stage, "News", "alice", Content.text("Late"));
            deleted(stage, 1);
            stage.world().advanceClock(Duration.ofHours(3));
            deleted(stage, 2);
            assertThat(lately(stage)).extracting(ChatPost::text).containsExactly("Late");
            assertThat(former(stage, "our_news", Duration.ofHours(4)).posts()).hasSize(2);
        }
    }

    @Test
    default void afterTwoDaysNobodyIsToldAnyMore() {
        try (Stage stage = stage(news())) {
            Instant begin = stage.world().clock().instant();
            written(stage, "News", "alice", Content.text("Goes"));
            deleted(stage, 1);
            stage.world().advanceClock(Duration.ofHours(49));
            FormerPosts former = ok(stage.alice().formerPosts(stage.found("our_news"), begin));
            assertThat(former.posts()).isEmpty();
            assertThat(former.coversFrom()).isAfter(begin);
        }
    }

    @Test
    default void manyDeletedPostsAreAllTold() {
        try (Stage stage = stage(news())) {
            for (int i = 1; i <= 130; i++) {
                written(stage, "News", "alice", Content.text("post " + i));
                deleted(stage, i);
            }
            List<ChatPost> all = lately(stage);
            assertThat(all).hasSize(130);
            assertThat(all.getFirst().text()).isEqualTo("post 1");
            assertThat(all.getLast().text()).isEqualTo("post 130");
        }
    }

    @Test
    default void whoAdministersNothingIsToldNothingOfDeletedPosts() {
        try (Stage stage = stage(aliceAndBob()
                .person("username: owner1")
                .chat("title: News, username: our_news, owner: owner1, members: [alice]"))) {
            refused(
                    stage.alice().formerPosts(stage.found("our_news"), ago(stage, Duration.ofHours(1))),
                    TelegramError.CampaignFault.class);
        }
    }
}
