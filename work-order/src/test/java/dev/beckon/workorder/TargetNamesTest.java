package dev.beckon.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetNamesTest {
    @Test
    void aTargetIsNamedAsItIsWritten() {
        List<String> written = List.of("@our_channel", "https://t.me/our_group", "telegram.me/joinchat_us", "-100123");
        assertThat(TargetNames.shown(written)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://t.me/+AbCdEfGhIjKl",
                "t.me/+AbCdEfGhIjKl/",
                "https://telegram.me/joinchat/AbCdEfGhIjKl",
                "http://telegram.dog/joinchat/AbCdEfGhIjKl"
            })
    void aPrivateLinkIsNamedByItsPlace(String link) {
        assertThat(TargetNames.shown(List.of("@our_channel", link)))
                .containsExactly("@our_channel", "invite link spec.targets[1]");
    }

    @Test
    void twoPrivateLinksAreToldApart() {
        assertThat(TargetNames.shown(List.of("t.me/+AbCdEfGhIjKl", "t.me/+MnOpQrStUvWx")))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@a                | 1  | @a",
                "@a                | 2  | @a and 1 more",
                "@a @b             | 2  | @a and @b",
                "@a @b @c          | 3  | @a, @b and @c",
                "@a @b @c          | 5  | @a, @b, @c and 2 more",
                "@a @b @c @d @e @f | 6  | @a, @b, @c and 3 more",
                "@a @b @c @d       | 20 | @a, @b, @c and 17 more",
                "@a @b             | 1  | @a and @b"
            })
    void aFewAreNamed(String names, long all, String told) {
        assertThat(TargetNames.few(List.of(names.split(" ")), all)).isEqualTo(told);
    }
}
