package dev.beckon.worker.publish;

import dev.beckon.ledger.post.ShownText;
import dev.beckon.telegram.PostText;
import dev.beckon.telegram.PostText.Span;
import dev.beckon.telegram.PostText.Style;

/** What people wrote, in the words of the port to Telegram. Pure. */
final class PostTexts {
    private PostTexts() {}

    static PostText of(ShownText shown) {
        return new PostText(
                shown.text(),
                shown.spans().stream()
                        .map(span -> new Span(style(span.style()), span.offset(), span.length()))
                        .toList());
    }

    private static Style style(ShownText.Style style) {
        return switch (style) {
            case ShownText.Style.Simple simple ->
                switch (simple) {
                    case BOLD -> Style.Simple.BOLD;
                    case ITALIC -> Style.Simple.ITALIC;
                    case STRIKETHROUGH -> Style.Simple.STRIKETHROUGH;
                    case SPOILER -> Style.Simple.SPOILER;
                    case CODE -> Style.Simple.CODE;
                };
            case ShownText.Style.Block(String language) -> new Style.Block(language);
            case ShownText.Style.Link(String url) -> new Style.Link(url);
        };
    }
}
