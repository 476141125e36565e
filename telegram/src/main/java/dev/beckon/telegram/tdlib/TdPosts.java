package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatPost;
import dev.beckon.telegram.Post;
import dev.beckon.telegram.PostText;
import dev.beckon.telegram.PostText.Span;
import dev.beckon.telegram.PostText.Style;
import dev.beckon.telegram.PostText.Style.Simple;
import dev.beckon.telegram.SlowMode;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramErrors.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Publishing in chats, and what stands in them. */
final class TdPosts {
    private static final int PAGE = 100;

    /** TDLib's ids of messages that have come to Telegram are Telegram's numbers, shifted by this. */
    private static final int SHIFT = 20;

    private final TdClient client;

    TdPosts(TdClient client) {
        this.client = client;
    }

    Answer<ChatPost> publish(long chatId, Post post) {
        ObjectNode request = Td.object("sendMessage").put("chat_id", chatId);
        request.set(
                "input_message_content",
                post.image().map(image -> photo(image, post.text())).orElseGet(() -> text(post.text())));
        long begun = System.nanoTime();
        Answer<ChatPost> answer = client.call(request, Subject.CHAT)
                .then(pending -> client.awaitSent(pending.path("id").asLong(), Subject.CHAT))
                .map(sent -> post(chatId, sent));
        return answer instanceof Answer.Refused<ChatPost>(TelegramError.Wait wait)
                ? Answer.refused(meaning(chatId, wait, begun, System.nanoTime()))
                : answer;
    }

    private TelegramError meaning(long chatId, TelegramError.Wait wait, long begun, long told) {
        SlowMode slow = slowMode(chatId);
        return slow.meaningOf(wait, Duration.ofNanos(told - begun), Duration.ofNanos(System.nanoTime() - told));
    }

    /**
     * The chat's slow mode; none when nobody can tell. Whether a chat is slow TDLib knows by itself: an account in a flood wait asks Telegram nothing more where it is not. It asks about a chat that is at
     * most once a minute, and reckons from the account's own messages in between.
     */
    private SlowMode slowMode(long chatId) {
        if (!TdCrowd.isSupergroup(chatId)) {
            return SlowMode.NONE;
        }
        long id = TdCrowd.groupId(chatId);
        Answer<ObjectNode> told = client.read(Td.object("getSupergroup").put("supergroup_id", id), Subject.CHAT)
                .then(group -> group.path("is_slow_mode_enabled").asBoolean()
                        ? client.read(Td.object("getSupergroupFullInfo").put("supergroup_id", id), Subject.CHAT)
                        : Answer.ok(group));
        return told instanceof Answer.Ok<ObjectNode>(ObjectNode full)
                ? new SlowMode(
                        Duration.ofSeconds(full.path("slow_mode_delay").asLong()),
                        Duration.ofMillis(Math.round(
                                full.path("slow_mode_delay_expires_in").asDouble() * 1000)))
                : SlowMode.NONE;
    }

    private static ObjectNode text(PostText text) {
        ObjectNode content = Td.object("inputMessageText").put("clear_draft", false);
        content.set("text", formatted(text));
        return content;
    }

    /** Width and height are for previews: Telegram looks at the picture itself. */
    private static ObjectNode photo(Path image, PostText caption) {
        ObjectNode file =
                Td.object("inputFileLocal").put("path", image.toAbsolutePath().toString());
        ObjectNode content = Td.object("inputMessagePhoto");
        // Since 1.8.66 the file stands in an inputPhoto; what a version does not know it ignores.
        ObjectNode photo = Td.object("inputPhoto");
        photo.set("photo", file);
        content.set("photo", photo);
        content.set("caption", formatted(caption));
        return content;
    }

    static ObjectNode formatted(PostText text) {
        ArrayNode entities = Td.array();
        for (Span span : text.spans()) {
            ObjectNode entity =
                    Td.object("textEntity").put("offset", span.offset()).put("length", span.length());
            entity.set("type", type(span.style()));
            entities.add(entity);
        }
        ObjectNode formatted = Td.object("formattedText").put("text", text.text());
        formatted.set("entities", entities);
        return formatted;
    }

    private static ObjectNode type(Style style) {
        return switch (style) {
            case Simple.BOLD -> Td.object("textEntityTypeBold");
            case Simple.ITALIC -> Td.object("textEntityTypeItalic");
            case Simple.STRIKETHROUGH -> Td.object("textEntityTypeStrikethrough");
            case Simple.SPOILER -> Td.object("textEntityTypeSpoiler");
            case Simple.CODE -> Td.object("textEntityTypeCode");
            case Style.Block(String language) ->
                language.isEmpty()
                        ? Td.object("textEntityTypePre")
                        : Td.object("textEntityTypePreCode").put("language", language);
            case Style.Link(String url) -> Td.object("textEntityTypeTextUrl").put("url", url);
        };
    }

    /** TDLib gives what it has at hand first, often one message, and the rest when asked again. */
    Answer<List<ChatPost>> since(long chatId, Instant since) {
        List<ChatPost> found = new ArrayList<>();
        long before = 0;
        while (true) {
            JsonNode page;
            switch (client.read(history(chatId, before), Subject.CHAT)) {
                case Answer.Ok<ObjectNode>(ObjectNode messages) -> page = messages.path("messages");
                case Answer.Refused<ObjectNode> refused -> {
                    return refused.as();
                }
            }
            for (JsonNode message : page) {
                if (message.path("date").asLong() < since.getEpochSecond()) {
                    return Answer.ok(List.copyOf(found));
                }
                before = message.path("id").asLong();
                if (isPost(message)) {
                    found.add(post(chatId, message));
                }
            }
            if (page.isEmpty()) {
                return Answer.ok(List.copyOf(found));
            }
        }
    }

    Answer<List<ChatPost>> after(long chatId, long after, int count) {
        ObjectNode request = Td.object("getMessages").put("chat_id", chatId);
        ArrayNode ids = request.putArray("message_ids");
        long number = after >> SHIFT;
        for (int i = 1; i <= count; i++) {
            ids.add((number + i) << SHIFT);
        }
        return client.read(request, Subject.CHAT)
                .map(answer -> StreamSupport.stream(answer.path("messages").spliterator(), false)
                        // Null stands for a number that no message has, or none any more.
                        .filter(message -> !message.isNull() && isPost(message))
                        .map(message -> post(chatId, message))
                        .toList());
    }

    /** What TDLib has yet to send is nowhere. */
    private static boolean isPost(JsonNode message) {
        boolean ours = message.path("is_channel_post").asBoolean()
                || message.path("is_outgoing").asBoolean();
        return ours
                && message.path("sending_state").isEmpty()
                && TdContent.textOrCaption(message).isPresent();
    }

    private static ObjectNode history(long chatId, long before) {
        return Td.object("getChatHistory")
                .put("chat_id", chatId)
                .put("from_message_id", before)
                .put("offset", 0)
                .put("limit", PAGE)
                .put("only_local", false);
    }

    private ChatPost post(long chatId, JsonNode message) {
        return post(
                message,
                TdContent.textOrCaption(message).orElse(""),
                link(chatId, message.path("id").asLong()));
    }

    /** A post that does not stand as it was any more; empty for what posts are not. */
    static Optional<ChatPost> former(JsonNode message) {
        return TdContent.textOrCaption(message).map(words -> post(message, words, Optional.empty()));
    }

    private static ChatPost post(JsonNode message, String words, Optional<String> link) {
        return new ChatPost(
                message.path("id").asLong(),
                Instant.ofEpochSecond(message.path("date").asLong()),
                words,
                TdContent.isPicture(message),
                link);
    }

    /** TDLib makes it without asking Telegram. */
    private Optional<String> link(long chatId, long messageId) {
        ObjectNode request = Td.object("getMessageLink")
                .put("chat_id", chatId)
                .put("message_id", messageId)
                .put("media_timestamp", 0)
                .put("for_album", false)
                .put("in_message_thread", false);
        return client.read(request, Subject.CHAT) instanceof Answer.Ok<ObjectNode>(ObjectNode link)
                ? Optional.of(link.path("link").asText())
                : Optional.empty();
    }
}
