package dev.beckon.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.post.PostMarkdown;
import dev.beckon.telegram.PostText;
import dev.beckon.telegram.PostText.Span;
import dev.beckon.telegram.PostText.Style;
import dev.beckon.telegram.PostText.Style.Simple;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostTextsTest {
    @Test
    void everyLookKeepsItsNameAndItsPlace() {
        String source = "**a** *b* ~~c~~ ||d|| `e` [f](https://e.org)\n```java\ng\n```";
        assertThat(PostTexts.of(PostMarkdown.read(source)))
                .isEqualTo(new PostText(
                        "a b c d e f\ng",
                        List.of(
                                new Span(Simple.BOLD, 0, 1),
                                new Span(Simple.ITALIC, 2, 1),
                                new Span(Simple.STRIKETHROUGH, 4, 1),
                                new Span(Simple.SPOILER, 6, 1),
                                new Span(Simple.CODE, 8, 1),
                                new Span(new Style.Link("https://e.org"), 10, 1),
                                new Span(new Style.Block("java"), 12, 1))));
    }
}
