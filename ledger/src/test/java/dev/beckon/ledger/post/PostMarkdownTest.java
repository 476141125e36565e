package dev.beckon.ledger.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.beckon.ledger.post.ShownText.Span;
import dev.beckon.ledger.post.ShownText.Style;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostMarkdownTest {

    /** Each span as its style and the words it covers. */
    private static String shown(ShownText post) {
        return post.spans().stream()
                .map(span -> name(span.style()) + ":" + post.text().substring(span.offset(), span.end()))
                .collect(Collectors.joining(", "));
    }

    private static String name(Style style) {
        return switch (style) {
            case Style.Simple simple -> simple.name().toLowerCase(Locale.ROOT);
            case Style.Block(String language) -> "block(" + language + ")";
            case Style.Link(String url) -> "link(" + url + ")";
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', quoteCharacter = '"', textBlock = """
            a **bold** word                  ! a bold word             ! bold:bold
            a __bold__ word                  ! a bold word             ! bold:bold
            an *italic* word                 ! an italic word          ! italic:italic
            an _italic_ word                 ! an italic word          ! italic:italic
            ~~no~~ yes                       ! no yes                  ! strikethrough:no
            the ||end||                      ! the end                 ! spoiler:end
            run `make up` now                ! run make up now         ! code:make up
            `a*b*c \\_`                      ! a*b*c \\_               ! code:a*b*c \\_
            see [us](https://t.me/us) there  ! see us there            ! link(https://t.me/us):us
            [a](https://e.org/x_(y)) b       ! a b                     ! link(https://e.org/x_(y)):a
            [**big** one](tg://resolve)      ! big one                 ! link(tg://resolve):big one, bold:big
            **a *b* c**                      ! a b c                   ! bold:a b c, italic:b
            **a *b***                        ! a b                     ! bold:a b, italic:b
            *a **b***                        ! a b                     ! italic:a b, bold:b
            **a `b` c**                      ! a b c                   ! "bold:a , code:b, bold: c"
            **`b`**                          ! b                       ! code:b
            **a** and **b**                  ! a and b                 ! bold:a, bold:b
            **a \\*\\* b**                   ! a ** b                  ! bold:a ** b
            """)
    void markupBecomesSpans(String source, String text, String spans) {
        ShownText post = PostMarkdown.read(source);

        assertThat(post.text()).isEqualTo(text);
        assertThat(shown(post)).isEqualTo(spans);
    }

    @Test
    void boldAndItalicAtOnceCoverTheSameWords() {
        ShownText post = PostMarkdown.read("***both***");

        assertThat(post.text()).isEqualTo("both");
        assertThat(post.spans())
                .containsExactlyInAnyOrder(new Span(Style.Simple.BOLD, 0, 4), new Span(Style.Simple.ITALIC, 0, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2 * 3 * 4",
                "some_file_name and a__b__c",
                "a ** b",
                "**open",
                "**",
                "****",
                "``",
                "`open",
                "# heading",
                "- item",
                "[text] (https://e.org)",
                "[text](javascript:alert)",
                "[text](https://)",
                "[text](https://e.org",
                "[](https://e.org)",
                "C:\\dir",
                "a | b || c"
            })
    void whatHasNoMeaningStaysAsWritten(String source) {
        assertThat(PostMarkdown.read(source)).isEqualTo(new ShownText(source, List.of()));
    }

    @Test
    void aBlockOfCodeKeepsItsLinesAndItsLanguage() {
        ShownText post = PostMarkdown.read("Try:\n```java\nint a = 1;\n  int b;\n```\nDone");

        assertThat(post.text()).isEqualTo("Try:\nint a = 1;\n  int b;\nDone");
        assertThat(shown(post)).isEqualTo("block(java):int a = 1;\n  int b;");
    }

    @Test
    void linesAndWhiteSpaceStayButNotAtTheEnds() {
        ShownText post = PostMarkdown.read("\n  **Spring**\n\n  two  spaces \n");

        assertThat(post.text()).isEqualTo("Spring\n\n  two  spaces");
        assertThat(shown(post)).isEqualTo("bold:Spring");
    }

    @Test
    void offsetsCountUtf16Units() {
        ShownText post = PostMarkdown.read("\uD83C\uDF89 **\uD83C\uDF89**");

        assertThat(post.spans()).containsExactly(new Span(Style.Simple.BOLD, 3, 2));
    }

    @Test
    void aBackslashTakesTheMeaning() {
        assertThat(PostMarkdown.read("\\*not italic\\* \\[a](https://e.org) \\\\"))
                .isEqualTo(new ShownText("*not italic* [a](https://e.org) \\", List.of()));
    }

    @Test
    void whatAPostSaysIsNotPrinted() {
        assertThat(PostMarkdown.read("**secret**").toString()).doesNotContain("secret");
    }

    @Test
    void aSpanCanNotReachOutOfItsText() {
        assertThatThrownBy(() -> new ShownText("abc", List.of(new Span(Style.Simple.BOLD, 2, 2))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*a ", "**a ", "_a ", "`", "```", "[", "[a](", "[a](https://e.org/(", "**_~~||", "||a", "\\"})
    void aLongSourceOfOpenMarksIsReadAtOnce(String piece) {
        String source = piece.repeat(200_000 / piece.length());

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> PostMarkdown.read(source));
    }

    @Property
    void anyTextIsReadAndItsSpansNest(
            @ForAll
                    @Chars({'*', '_', '~', '|', '`', '[', ']', '(', ')', '\\', ' ', '\n'})
                    @CharRange(from = 'a', to = 'c')
                    @StringLength(max = 40)
                    String source) {
        ShownText post = PostMarkdown.read(source);

        assertThat(post.text()).isEqualTo(post.text().strip());
        for (Span a : post.spans()) {
            for (Span b : post.spans()) {
                boolean apart = a.end() <= b.offset() || b.end() <= a.offset();
                boolean nested = (a.offset() <= b.offset() && b.end() <= a.end())
                        || (b.offset() <= a.offset() && a.end() <= b.end());
                assertThat(apart || nested).as("%s and %s", a, b).isTrue();
                assertThat(a.equals(b) || apart || !a.style().isCode())
                        .as("code within or around")
                        .isTrue();
            }
        }
    }

    @Property
    void aTextWithoutMarksIsItself(@ForAll @CharRange(from = 'a', to = 'z') @Chars({' ', '.', '\n'}) String source) {
        assertThat(PostMarkdown.read(source)).isEqualTo(new ShownText(source.strip(), List.of()));
    }
}
