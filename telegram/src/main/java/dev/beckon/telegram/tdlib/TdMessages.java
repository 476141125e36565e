package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatMessage;
import dev.beckon.telegram.SentMessage;
import dev.beckon.telegram.TelegramErrors.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Private messages. */
final class TdMessages {
    private static final int PAGE = 100;

    private final TdClient client;

    TdMessages(TdClient client) {
        this.client = client;
    }

    Answer<SentMessage> send(long userId, String text) {
        ObjectNode content = Td.object("inputMessageText").put("clear_draft", false);
        content.set("text", Td.object("formattedText").put("text", text));
        content.set("link_preview_options", Td.object("linkPreviewOptions").put("is_disabled", true));
        return privateChat(userId)
                .then(chatId -> {
                    ObjectNode request = Td.object("sendMessage").put("chat_id", chatId);
                    request.set("input_message_content", content);
                    return client.call(request, Subject.PERSON);
                })
                .then(pending -> client.awaitSent(pending.path("id").asLong(), Subject.PERSON))
                .map(sent -> new SentMessage(
                        sent.path("chat_id").asLong(), sent.path("id").asLong(), at(sent)));
    }

    /** Without a request to Telegram: the person was found before, or the message is refused. */
    private Answer<Long> privateChat(long userId) {
        return client.read(Td.object("createPrivateChat").put("user_id", userId).put("force", true), Subject.PERSON)
                .map(chat -> chat.path("id").asLong());
    }

    private static Instant at(JsonNode message) {
        return Instant.ofEpochSecond(message.path("date").asLong());
    }

    /** TDLib gives what it has at hand first, often one message, and the rest when asked again. */
    Answer<List<ChatMessage>> with(long userId, Instant since) {
        return privateChat(userId).then(chatId -> {
            List<ChatMessage> found = new ArrayList<>();
            long before = 0;
            while (true) {
                JsonNode page;
                switch (client.read(history(chatId, before), Subject.PERSON)) {
                    case Answer.Ok<ObjectNode>(ObjectNode messages) -> page = messages.path("messages");
                    case Answer.Refused<ObjectNode> refused -> {
                        return refused.as();
                    }
                }
                for (JsonNode message : page) {
                    if (at(message).getEpochSecond() < since.getEpochSecond()) {
                        return Answer.ok(List.copyOf(found));
                    }
                    found.add(message(message));
                    before = message.path("id").asLong();
                }
                if (page.isEmpty()) {
                    return Answer.ok(List.copyOf(found));
                }
            }
        });
    }

    private static ObjectNode history(long chatId, long before) {
        return Td.object("getChatHistory")
                .put("chat_id", chatId)
                .put("from_message_id", before)
                .put("offset", 0)
                .put("limit", PAGE)
                .put("only_local", false);
    }

    private static ChatMessage message(JsonNode message) {
        return new ChatMessage(
                message.path("id").asLong(),
                message.path("sender_id").path("user_id").asLong(),
                message.path("is_outgoing").asBoolean(),
                at(message),
                TdContent.text(message).orElse(""));
    }
}
