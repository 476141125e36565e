package dev.beckon.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.telegram.PostText.Span;
import dev.beckon.telegram.PostText.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostTextTest {
    private static final PostText POST = new PostText(
            "a secret", List.of(new Span(Style.Simple.BOLD, 0, 1), new Span(new Style.Link("https://e.org"), 2, 6)));

    @Test
    void thePlainFormHasTheSameWords() {
        assertThat(POST.plain()).isEqualTo(new PostText("a secret", List.of()));
    }

    @Test
    void whatAPostSaysIsNotPrinted() {
        assertThat(POST.toString()).doesNotContain("secret");
    }

    @Test
    void aSpanCanNotReachOutOfItsText() {
        assertThatThrownBy(() -> new PostText("abc", List.of(new Span(Style.Simple.BOLD, 2, 2))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
