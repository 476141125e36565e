package dev.beckon.worker.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.beckon.worker.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A template is a person's text, and names and titles are strangers': none of them is read as the other. */
class MessageTemplateFuzzTest {
    private static final String LINK = "https://t.me/+\u2603Zanzibar77";

    /** The first line is a person's name, the second a chat's title, the rest the template. */
    @FuzzTest
    void messages(byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\n", 3);
        String template = parts[parts.length - 1];
        MessageTemplate read;
        try {
            read = MessageTemplate.of(template);
        } catch (BadInput e) {
            assertThat(e.getMessage()).startsWith("The campaign's message ");
            return;
        }
        String text = read.render(Optional.of(parts[0]), parts[parts.length > 1 ? 1 : 0], LINK);
        assertThat(text.length()).isLessThanOrEqualTo(MessageTemplate.MAX_LENGTH);
        assertThat(text.contains(LINK)).isEqualTo(read.hasLink() || template.contains(LINK));
        assertThat(read.toString()).doesNotContain("Zanzibar77");
        // Characters that nobody wrote stand in for name, title and link: whatever they are, the rest of the text is
        // the same.
        if (template.chars().noneMatch(c -> c >= '\ue000' && c <= '\ue002')) {
            assertThat(read.render(Optional.of("{{link}}"), "{{first_name}}", "\\$1{{chat}}"))
                    .isEqualTo(read.render(Optional.of("\ue000"), "\ue001", "\ue002")
                            .replace("\ue000", "{{link}}")
                            .replace("\ue001", "{{first_name}}")
                            .replace("\ue002", "\\$1{{chat}}"));
        }
    }
}
