package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What a message of TDLib's says. */
final class TdContent {
    private TdContent() {}

    /** The words of a text; empty for what is none. A text that is one emoji TDLib shows as an animated one. */
    static Optional<String> text(JsonNode message) {
        JsonNode content = message.path("content");
        return switch (Td.type(content)) {
            case "messageText" -> Optional.of(content.path("text").path("text").asText());
            case "messageAnimatedEmoji" -> Optional.of(content.path("emoji").asText());
            default -> Optional.empty();
        };
    }

    /** The words of a text or below a picture; empty for what is neither. */
    static Optional<String> textOrCaption(JsonNode message) {
        return isPicture(message)
                ? Optional.of(
                        message.path("content").path("caption").path("text").asText())
                : text(message);
    }

    static boolean isPicture(JsonNode message) {
        return Td.is(message.path("content"), "messagePhoto");
    }
}
