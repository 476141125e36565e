package dev.beckon.worker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.worker.BadInput;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A template fills in what it knows, refuses what it does not, and can never become longer than Telegram takes. */
class MessageTemplateTest {
    private static final String LINK = "https://t.me/+abcdefgh";

    private static String render(String template, String name) {
        return MessageTemplate.of(template).render(Optional.ofNullable(name), "Spring", LINK);
    }

    @Test
    void allPlaceholdersAreFilledIn() {
        assertThat(render("Hi {{first_name}}, {{chat}} = {{ channel }}: {{link}}", "Bob"))
                .isEqualTo("Hi Bob, Spring = Spring: " + LINK);
    }

    @Test
    void withoutANameTheBlankBeforeItGoesToo() {
        assertThat(render("Hi {{first_name}}, here: {{link}}", null)).isEqualTo("Hi, here: " + LINK);
        assertThat(render("{{first_name}} come: {{link}}", " ")).isEqualTo("come: " + LINK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{link}}", "$1", "\\", "{{first_name}}"})
    void aNameIsNeverReadAsATemplate(String name) {
        assertThat(render("Hi {{first_name}}: {{link}}", name)).isEqualTo("Hi " + name + ": " + LINK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hi {{name}}", "Hi {{FIRST_NAME}}", "{{}}"})
    void anUnknownPlaceholderIsRefusedByName(String template) {
        assertThatThrownBy(() -> MessageTemplate.of(template))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("unknown placeholder {{")
                .hasMessageContaining("{{first_name}}");
    }

    @Test
    void anEmptyMessageIsRefused() {
        assertThatThrownBy(() -> MessageTemplate.of(" \n")).isInstanceOf(BadInput.class);
    }

    @Test
    void aTemplateThatCouldBecomeTooLongIsRefusedAtOnce() {
        String fits = "x".repeat(4096 - 64) + "{{first_name}}";
        assertThat(MessageTemplate.of(fits).render(Optional.of("y".repeat(500)), "", ""))
                .hasSize(4096);
        assertThatThrownBy(() -> MessageTemplate.of("x" + fits))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("4097")
                .hasMessageContaining("4096");
    }

    @Property
    void noNameMakesAMessageTooLong(@ForAll @StringLength(max = 200) String name) {
        String template = "x".repeat(4096 - 64 - 1) + " {{first_name}}";
        assertThat(MessageTemplate.of(template)
                        .render(Optional.of(name), "", "")
                        .length())
                .isLessThanOrEqualTo(MessageTemplate.MAX_LENGTH);
    }

    @Test
    void aLongNameIsNotCutInsideACharacter() {
        String name = "x".repeat(63) + "\uD83D\uDE00";
        assertThat(render("{{first_name}}", name)).isEqualTo("x".repeat(63));
    }

    @Test
    void itIsKnownWhetherATemplateCarriesTheLink() {
        assertThat(MessageTemplate.of(MessageTemplate.DEFAULT).hasLink()).isTrue();
        assertThat(MessageTemplate.of("Welcome to {{chat}}").hasLink()).isFalse();
    }

    @Test
    void aTemplateIsNotPrinted() {
        assertThat(MessageTemplate.of("secret wording").toString()).doesNotContain("secret");
    }
}
