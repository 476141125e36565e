package dev.beckon.ledger.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Two spellings of one number that stay two would be two people, and one person contacted twice. */
class PhoneNumbersFuzzTest {
    private static final String E164 = "\\+[1-9][0-9]{3,16}";

    @FuzzTest
    void numbers(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        PhoneNumbers.Parsed parsed = PhoneNumbers.parse(text);
        assertThat(parsed.e164().isPresent()).isNotEqualTo(parsed.problem().isPresent());
        parsed.problem()
                .ifPresent(sentence -> assertThat(sentence).endsWith(".").doesNotContainPattern("[0-9]"));
        parsed.e164().ifPresent(number -> {
            assertThat(number).matches(E164);
            assertThat(PhoneNumbers.parse(number).e164()).as("spelled once").contains(number);
            assertThat(parsed.toString()).doesNotContain(number);
        });
    }

    @FuzzTest
    void usernames(byte[] bytes) {
        Optional<String> name = Usernames.normalise(new String(bytes, StandardCharsets.UTF_8));
        name.ifPresent(it -> {
            assertThat(it).matches("[a-z][a-z0-9_]{3,31}");
            assertThat(Usernames.normalise("@" + it)).contains(it);
        });
    }
}
