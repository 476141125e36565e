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
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.LoginState;
import dev.beckon.telegram.Post;
import dev.beckon.telegram.PostText;
import dev.beckon.telegram.PostText.Span;
import dev.beckon.telegram.PostText.Style;
import dev.beckon.telegram.PostText.Style.Simple;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.telegram.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Posts in channels and groups, with looks and pictures, and finding out afterwards whether one is there. */
public interface PostContract extends Contract {
    String NEWS = "title: News, username: our_news, kind: Channel, owner: alice";

    private static WorldText news() {
        return aliceAndBob().chat(NEWS);
    }

    private static Post post(String text, Span... looks) {
        return new Post(new PostText(text, List.of(looks)), Optional.empty());
    }

    static Post plain(String text) {
        return post(text);
    }

    private static byte[] picture(int bytes) {
        byte[] image = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            image[i] = (byte) (i * 31);
        }
        byte[] begin = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1};
        System.arraycopy(begin, 0, image, 0, begin.length);
        return image;
    }

    private static Post withPicture(Stage stage, String caption, byte[] image, Span... looks) {
        try {
            Path file = stage.directory("sun.jpg");
            Files.write(file, image);
            return new Post(new PostText(caption, List.of(looks)), Optional.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Content> written(Stage stage) {
        return stage.world().truth().posts(Instant.EPOCH).stream()
                .map(post -> post.message().content())
                .toList();
    }

    private static List<ChatPost> since(TelegramSession session, Stage stage, long chat, Duration back) {
        return ok(session.posts(chat, stage.world().clock().instant().minus(back)));
    }

    @Test
    default void aPostStandsInTheChannelWithItsLink() {
        try (Stage stage = stage(news())) {
            ChatPost post = ok(stage.alice().publish(stage.found("our_news"), plain("Good morning")));
            assertThat(written(stage)).extracting(Content::text).containsExactly("Good morning");
            assertThat(post.text()).isEqualTo("Good morning");
            assertThat(post.image()).isFalse();
            assertThat(post.link()).contains("https://t.me/our_news/2");
        }
    }

    @Test
    default void thePostsOfAChannelAreFoundAgainWithTheirLinks() {
        try (Stage stage = stage(news())) {
            long chat = stage.found("our_news");
            ChatPost first = ok(stage.alice().publish(chat, plain("One")));
            ChatPost second = ok(stage.alice().publish(chat, plain("Two")));
            assertThat(since(stage.alice(), stage, chat, Duration.ofMinutes(5))).containsExactly(second, first);
        }
    }

    @Test
    default void aChannelWithoutPostsShowsNone() {
        try (Stage stage = stage(news())) {
            assertThat(since(stage.alice(), stage, stage.found("our_news"), Duration.ofMinutes(5)))
                    .isEmpty();
        }
    }

    @Test
    default void olderPostsAreLeftOut() {
        try (Stage stage = stage(news())) {
            long chat = stage.found("our_news");
            ok(stage.alice().publish(chat, plain("Old")));
            stage.world().advanceClock(Duration.ofHours(2));
            ok(stage.alice().publish(chat, plain("New")));
            assertThat(since(stage.alice(), stage, chat, Duration.ofHours(1)))
                    .extracting(ChatPost::text)
                    .containsExactly("New");
        }
    }

    @Test
    default void everyLookArrivesWhereItBelongs() {
        try (Stage stage = stage(news())) {
            String text = "bold italic struck hidden code link 😀 end\nint i;";
            Post post = post(
                    text,
                    new Span(Simple.BOLD, 0, 4),
                    new Span(Simple.ITALIC, 5, 6),
                    new Span(Simple.STRIKETHROUGH, 12, 6),
                    new Span(Simple.SPOILER, 19, 6),
                    new Span(Simple.CODE, 26, 4),
                    new Span(new Style.Link("https://example.org/a"), 31, 4),
                    new Span(Simple.BOLD, 39, 3),
                    new Span(new Style.Block("java"), 43, 6));
            ok(stage.alice().publish(stage.found("our_news"), post));
            Content content = written(stage).getFirst();
            assertThat(content.text()).isEqualTo(text);
            assertThat(content.looks())
                    .containsExactlyInAnyOrder(
                            new Look("bold", 0, 4, Optional.empty()),
                            new Look("italic", 5, 6, Optional.empty()),
                            new Look("strikethrough", 12, 6, Optional.empty()),
                            new Look("spoiler", 19, 6, Optional.empty()),
                            new Look("code", 26, 4, Optional.empty()),
                            new Look("link", 31, 4, Optional.of("https://example.org/a")),
                            new Look("bold", 39, 3, Optional.empty()),
                            new Look("block", 43, 6, Optional.of("java")));
        }
    }

    @Test
    default void aPictureArrivesWithItsCaption() {
        try (Stage stage = stage(news())) {
            byte[] image = picture(300_000);
            long chat = stage.found("our_news");
            ChatPost post =
                    ok(stage.alice().publish(chat, withPicture(stage, "The sun", image, new Span(Simple.BOLD, 4, 3))));
            Content content = written(stage).getFirst();
            assertThat(content.picture()).contains(Pictures.of(image));
            assertThat(content.text()).isEqualTo("The sun");
            assertThat(content.looks()).containsExactly(new Look("bold", 4, 3, Optional.empty()));
            assertThat(post.image()).isTrue();
            assertThat(since(stage.alice(), stage, chat, Duration.ofMinutes(5))).containsExactly(post);
        }
    }

    @Test
    default void aPictureNeedsNoCaption() {
        try (Stage stage = stage(news())) {
            ChatPost post = ok(stage.alice().publish(stage.found("our_news"), withPicture(stage, "", picture(1_000))));
            assertThat(post.image()).isTrue();
            assertThat(post.text()).isEmpty();
        }
    }

    @Test
    default void theLongestTextAndCaptionAreTakenAndNoLongerOnes() {
        try (Stage stage = stage(news())) {
            long chat = stage.found("our_news");
            ok(stage.alice().publish(chat, plain("x".repeat(4096))));
            ok(stage.alice().publish(chat, withPicture(stage, "x".repeat(1024), picture(1_000))));
            refused(stage.alice().publish(chat, plain("x".repeat(4097))), TelegramError.CampaignFault.class);
            refused(
                    stage.alice().publish(chat, withPicture(stage, "x".repeat(1025), picture(1_000))),
                    TelegramError.CampaignFault.class);
            assertThat(written(stage)).hasSize(2);
        }
    }

    @Test
    default void formattingThatTelegramRefusesIsToldAsSuch() {
        try (Stage stage =
                stage(news().messageFault("kind: Error, text: ENTITY_BOUNDS_INVALID, formatted: true, times: 2"))) {
            long chat = stage.found("our_news");
            Post post = post("Good morning", new Span(Simple.BOLD, 0, 4));
            refused(stage.alice().publish(chat, post), TelegramError.FormattingRefused.class);
            assertThat(ok(stage.alice().publish(chat, post.plain())).text()).isEqualTo("Good morning");
            refused(stage.alice().publish(chat, post), TelegramError.FormattingRefused.class);
            assertThat(written(stage))
                    .singleElement()
                    .satisfies(content -> assertThat(content.looks()).isEmpty());
        }
    }

    @Test
    default void whoDoesNotAdministerAChannelCanNotPostInIt() {
        try (Stage stage = stage(aliceAndBob()
                .person("username: owner1")
                .chat("title: News, username: our_news, kind: Channel, owner: owner1, members: [alice]"))) {
            refused(stage.alice().publish(stage.found("our_news"), plain("Hello")), TelegramError.CampaignFault.class);
            assertThat(written(stage)).isEmpty();
        }
    }

    @Test
    default void anAdministratorPostsInAChannelOfAnother() {
        try (Stage stage = stage(aliceAndBob()
                .person("username: owner1")
                .chat("title: News, username: our_news, kind: Channel, owner: owner1, admins: [alice]"))) {
            ok(stage.alice().publish(stage.found("our_news"), plain("Hello")));
            assertThat(written(stage)).hasSize(1);
        }
    }

    @Test
    default void inAGroupOnlyOnesOwnPostsAreFound() {
        try (Stage stage = stage(aliceAndBob()
                .chat("title: Meetup, username: meetup, owner: alice, members: [bobby],"
                        + " messages: [{from: bobby, text: Mine}]"))) {
            long chat = stage.found("meetup");
            ChatPost post = ok(stage.alice().publish(chat, plain("Ours")));
            assertThat(ok(stage.alice().posts(chat, Instant.EPOCH)))
                    .extracting(ChatPost::messageId)
                    .containsExactly(post.messageId());
        }
    }

    @Test
    default void aLongHistoryIsReadWhole() {
        try (Stage stage = stage(news())) {
            for (int i = 0; i < 130; i++) {
                stage.world()
                        .acts()
                        .perform(new Act.Post(stage.id("alice"), stage.bareId("News"), Content.text("post " + i), 0));
            }
            assertThat(since(stage.alice(), stage, stage.found("our_news"), Duration.ofMinutes(50)))
                    .hasSize(130);
        }
    }

    @Test
    default void aPrivateChannelHasLinksForItsMembers() {
        try (Stage stage = stage(aliceAndBob().chat("title: News, kind: Channel, owner: alice"))) {
            long chat = -1_000_000_000_000L - stage.bareId("News");
            ok(stage.alice().findChat(new ChatTarget.Id(chat)));
            ChatPost post = ok(stage.alice().publish(chat, plain("Hello")));
            assertThat(post.link()).contains("https://t.me/c/" + stage.bareId("News") + "/2");
        }
    }

    @Test
    default void aPostWhoseAnswerIsLostIsFoundByASuccessor() {
        try (Stage stage = stage(news().messageFault("kind: AnswerLost"))) {
            refused(stage.alice().publish(stage.found("our_news"), plain("Hello")), TelegramError.Unanswered.class);
            stage.alice().close();
            TelegramSession successor = stage.open("alice");
            Stage.await(successor, LoginState.Ready.class);
            long chat = -1_000_000_000_000L - stage.bareId("News");
            ok(successor.findChat(new ChatTarget.Id(chat)));
            assertThat(since(successor, stage, chat, Duration.ofMinutes(50)))
                    .extracting(ChatPost::text)
                    .containsExactly("Hello");
        }
    }

    /** The engine sends once more by itself, and what it hears then is said of the second sending. */
    @Test
    default void aRefusedPostMayBeThereByTheFirstOfTwoSendings() {
        for (String refusal : List.of("PEER_FLOOD", "FLOOD_WAIT_300")) {
            try (Stage stage = stage(news().messageFault("kind: DoneThenConnectionDropped")
                    .messageFault("kind: Error, after: 1, text: " + refusal))) {
                refused(stage.alice().publish(stage.found("our_news"), plain("Hello")));
                assertThat(written(stage)).extracting(Content::text).containsExactly("Hello");
                assertThat(seenBySuccessor(stage)).containsExactly("Hello");
            }
        }
    }

    @Test
    default void aPostIsKnownAgainThoughTheEngineCleansIt() {
        for (String text : List.of("The bla\u030a \u2028Ba\u030at", "\u2764\ufe0f", "🎉", "Malmo\u0308\tå\u0333")) {
            try (Stage stage = stage(news())) {
                ChatPost post = ok(stage.alice().publish(stage.found("our_news"), plain(text)));
                assertThat(written(stage)).extracting(Content::text).containsExactly(Words.cleaned(text));
                assertThat(Words.same(text, post.text())).as(post.text()).isTrue();
                assertThat(seenBySuccessor(stage))
                        .singleElement()
                        .satisfies(shown ->
                                assertThat(Words.same(text, shown)).as(shown).isTrue());
            }
        }
    }

    @Test
    default void aLookStaysWhereItBelongsInATextThatIsCleaned() {
        try (Stage stage = stage(news())) {
            ok(stage.alice()
                    .publish(stage.found("our_news"), post("The bla\u030a Ba\u030at", new Span(Simple.BOLD, 9, 4))));
            assertThat(written(stage).getFirst().looks()).containsExactly(new Look("bold", 8, 3, Optional.empty()));
        }
    }

    private static List<String> seenBySuccessor(Stage stage) {
        stage.alice().close();
        TelegramSession successor = stage.open("alice");
        Stage.await(successor, LoginState.Ready.class);
        long chat = -1_000_000_000_000L - stage.bareId("News");
        ok(successor.findChat(new ChatTarget.Id(chat)));
        return since(successor, stage, chat, Duration.ofMinutes(50)).stream()
                .map(ChatPost::text)
                .toList();
    }

    @Test
    default void aLongFloodWaitOfAPostIsToldWithItsTime() {
        try (Stage stage = stage(news().messageFault("kind: Error, text: FLOOD_WAIT_300"))) {
            TelegramError.Wait wait =
                    refused(stage.alice().publish(stage.found("our_news"), plain("Hello")), TelegramError.Wait.class);
            assertThat(wait.time()).isEqualTo(Duration.ofMinutes(5));
        }
    }
}
