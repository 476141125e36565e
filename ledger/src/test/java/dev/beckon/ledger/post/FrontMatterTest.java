package dev.beckon.ledger.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands before a post's text names its image and nothing else. */
class FrontMatterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\nimage: sun.png\n---\nThe sun",
                "---\nimage:sun.png  \n---\nThe sun",
                "---\n# a remark\n\nimage: \"sun.png\"\n---  \nThe sun",
                "---\nimage: 'sun.png'\n---\nThe sun"
            })
    void theImageIsNamedAndTheRestIsText(String file) {
        FrontMatter parts = FrontMatter.read("1.md", file);
        assertThat(parts.image()).contains("sun.png");
        assertThat(parts.text()).isEqualTo("The sun");
    }

    @Test
    void aPictureNeedsNoText() {
        assertThat(FrontMatter.read("1.md", "---\nimage: sun.png\n---").text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"The sun", "---", "---\nThe sun", "Hello\n---\nimage: sun.png\n---\n", ""})
    void withoutItAllIsText(String file) {
        assertThat(FrontMatter.read("1.md", file).image()).isEmpty();
        assertThat(FrontMatter.read("1.md", file).text()).isEqualTo(file);
    }

    @Test
    void whatNoPostHasIsRefusedWithFileAndLine() {
        assertThatThrownBy(() -> FrontMatter.read("1.md", "---\nimage: sun.png\ntitle: Hello\n---\ntext"))
                .isInstanceOf(PostFault.class)
                .hasMessageContaining("The post 1.md, line 3: front matter knows image: only, not title:");
        assertThatThrownBy(() -> FrontMatter.read("1.md", "---\nsun.png\n---\ntext"))
                .isInstanceOf(PostFault.class)
                .hasMessageContaining("line 2");
    }

    /** The operator reads posts, too: it must not be held up by one. */
    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLineOfBlanksAsLongAsAPostMayBeIsReadAtOnce() {
        String blanks = " ".repeat(60_000);
        assertThat(FrontMatter.read("1.md", "---\nimage:" + blanks + "sun.png" + blanks + "\n---\nThe sun")
                        .image())
                .contains("sun.png");
        assertThatThrownBy(() -> FrontMatter.read("1.md", "---\nimage" + blanks + "sun.png\u2028\n---\nThe sun"))
                .isInstanceOf(PostFault.class);
    }

    @Property
    void anyTextIsReadOrRefusedWithASentence(@ForAll @StringLength(max = 200) String text) {
        try {
            FrontMatter parts = FrontMatter.read("1.md", text);
            assertThat(text).endsWith(parts.text());
        } catch (PostFault e) {
            assertThat(e).hasMessageContaining("front matter");
        }
    }
}
