package dev.beckon.ledger.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumbersTest {
    @ParameterizedTest
    @CsvSource({
        "+491701234567, +491701234567",
        "+49 170 1234567, +491701234567",
        "+49 (170) 123-45-67, +491701234567",
        "' +7 916 123 45 67 ', +79161234567",
        "+1.415.555.2671, +14155552671",
    })
    void anySpellingBecomesE164(String text, String e164) {
        assertThat(PhoneNumbers.parse(text).e164()).contains(e164);
    }

    @ParameterizedTest
    @CsvSource({
        "0170 1234567, no country code",
        "00491701234567, no country code",
        "+49, no phone number",
        "+4912, too short",
        "+4917012345678901234567, too long",
        "+999123456789, no country's code",
        "hello, no phone number",
        "+hello, no phone number",
        "+491701234567 ext. 12, extension",
    })
    void whatIsNoFullNumberIsRefusedWithASentence(String text, String part) {
        PhoneNumbers.Parsed parsed = PhoneNumbers.parse(text);
        assertThat(parsed.e164()).isEmpty();
        assertThat(parsed.problem().orElseThrow()).contains(part);
    }

    @Property
    void neverThrowsAndASpelledNumberStaysItself(@ForAll String text) {
        PhoneNumbers.Parsed parsed = PhoneNumbers.parse(text);
        assertThat(parsed.e164().isPresent()).isNotEqualTo(parsed.problem().isPresent());
        parsed.e164()
                .ifPresent(e164 -> assertThat(PhoneNumbers.parse(e164).e164()).contains(e164));
    }

    /** The short way for numbers that are E.164 already says what the library says. */
    @Test
    void everyCountrysNumbersAreSpelledAsTheLibrarySpellsThem() {
        PhoneNumberUtil library = PhoneNumberUtil.getInstance();
        Random random = new Random(7);
        for (int code : library.getSupportedCallingCodes()) {
            for (int i = 0; i < 400; i++) {
                String number = "+" + code + random.nextInt(1, 10)
                        + Long.toString(random.nextLong(100_000_000_000L, 1_000_000_000_000L))
                                .substring(0, random.nextInt(1, 11));
                PhoneNumbers.parse(number).e164().ifPresent(e164 -> {
                    try {
                        assertThat(e164)
                                .isEqualTo(library.format(
                                        library.parse(number, null), PhoneNumberUtil.PhoneNumberFormat.E164));
                    } catch (NumberParseException e) {
                        throw new AssertionError(number, e);
                    }
                });
            }
        }
    }

    @Test
    void aRefusalHoldsNothingOfTheNumber() {
        assertThat(PhoneNumbers.parse("0170 9876543").toString()).doesNotContain("987");
    }
}
