package dev.beckon.ledger.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PostKeysTest {
    @Test
    void whatIsTextIsAPostAndWhatHidesOrIsAPictureIsNot() {
        assertThat(List.of("01.md", "02.txt", "..data", ".hidden.md", "launch.jpg", "md"))
                .filteredOn(PostKeys::isPost)
                .containsExactly("01.md", "02.txt");
    }

    @Test
    void theSamePostsHaveTheSameDigestInWhateverOrder() {
        assertThat(PostKeys.digest(List.of("a", "b")))
                .isEqualTo(PostKeys.digest(List.of("b", "a")))
                .hasSize(64);
    }

    @Test
    void anAddedARemovedAndARenamedPostHaveAnother() {
        assertThat(PostKeys.digest(List.of("a", "b")))
                .isNotEqualTo(PostKeys.digest(List.of("a", "b", "c")))
                .isNotEqualTo(PostKeys.digest(List.of("a")))
                .isNotEqualTo(PostKeys.digest(List.of("ab")))
                .isNotEqualTo(PostKeys.digest(List.of("a", "c")));
    }

    @Test
    void anEditOfTextOrImageMakesAnUnnamedPostAnother() {
        String key = PostKeys.unnamed("Hello", Optional.of("pictures/a.jpg"));
        assertThat(key)
                .isEqualTo(PostKeys.unnamed("Hello", Optional.of("pictures/a.jpg")))
                .hasSize(32)
                .isNotEqualTo(PostKeys.unnamed("Hello!", Optional.of("pictures/a.jpg")))
                .isNotEqualTo(PostKeys.unnamed("Hello", Optional.empty()));
    }
}
