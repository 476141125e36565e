package dev.beckon.ledger.people;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The one spelling of a phone number, E.164. No default region: a national number could mean a person in any country, so it is
 * refused, never guessed.
 */
public final class PhoneNumbers {
    private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();

    /** What is dialled before national numbers, by calling code. */
    private static final Map<String, String> TRUNK_PREFIXES = trunkPrefixes();

    private PhoneNumbers() {}

    /** A number, or the sentence that tells what is wrong with it; exactly one is present. */
    public record Parsed(Optional<String> e164, Optional<String> problem) {
        private static Parsed of(String e164) {
            return new Parsed(Optional.of(e164), Optional.empty());
        }

        private static Parsed refused(String sentence) {
            return new Parsed(Optional.empty(), Optional.of(sentence));
        }

        @Override
        public String toString() {
            return "Parsed[" + problem.orElse("ok") + "]";
        }
    }

    /**
     * Spaces, dots, dashes and brackets are allowed, {@code 00} for {@code +} is not: it is not the same in all countries.
     * Only impossible numbers are refused: whether one is in use, Telegram knows and a table of last year does not.
     */
    public static Parsed parse(String text) {
        String number = text.strip();
        if (number.codePoints().anyMatch(Character::isLetter) && !number.startsWith("+")) {
            return Parsed.refused(
                    "This is no phone number: write it as + and the country's code, then the number, in digits.");
        }
        if (!number.startsWith("+")) {
            return Parsed.refused(
                    "The phone number has no country code: write it as + and the country's code, then the number.");
        }
        Optional<String> plain = alreadyE164(number);
        if (plain.isPresent()) {
            return Parsed.of(plain.get());
        }
        try {
            PhoneNumber parsed = UTIL.parse(number, null);
            ValidationResult possible = UTIL.isPossibleNumberWithReason(parsed);
            return switch (possible) {
                case IS_POSSIBLE ->
                    parsed.hasExtension()
                            ? Parsed.refused("The phone number has an extension, which Telegram can't reach.")
                            : Parsed.of(UTIL.format(parsed, PhoneNumberFormat.E164));
                case TOO_SHORT, IS_POSSIBLE_LOCAL_ONLY ->
                    Parsed.refused("The phone number is too short for its country.");
                case TOO_LONG -> Parsed.refused("The phone number is too long for its country.");
                case INVALID_COUNTRY_CODE, INVALID_LENGTH ->
                    Parsed.refused("The phone number has no length its country uses.");
            };
        } catch (NumberParseException e) {
            return Parsed.refused(
                    switch (e.getErrorType()) {
                        case INVALID_COUNTRY_CODE -> "The phone number begins with no country's code.";
                        case TOO_LONG -> "The phone number is too long.";
                        case TOO_SHORT_NSN, TOO_SHORT_AFTER_IDD -> "The phone number is too short.";
                        case NOT_A_NUMBER -> "This is no phone number.";
                    });
        }
    }

    /**
     * A number that is spelled as E.164 already needs none of the library's patterns, which cost most of an import's time:
     * only its country's code and a length that the country uses. A national number that begins with what the country dials
     * before national numbers is left to the library, which may drop that.
     */
    private static Optional<String> alreadyE164(String number) {
        if (number.length() < 8 || number.length() > 16) {
            return Optional.empty();
        }
        for (int i = 1; i < number.length(); i++) {
            int digit = number.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Optional.empty();
            }
        }
        for (int length = 1; length <= 3; length++) {
            String code = number.substring(1, 1 + length);
            String national = number.substring(1 + length);
            Optional<String> trunk = Optional.ofNullable(TRUNK_PREFIXES.get(code));
            if (trunk.isPresent()) {
                boolean ambiguous =
                        national.startsWith("0") || (!trunk.get().isEmpty() && national.startsWith(trunk.get()));
                PhoneNumber parsed = new PhoneNumber()
                        .setCountryCode(Integer.parseInt(code))
                        .setNationalNumber(Long.parseLong(national));
                return !ambiguous && UTIL.isPossibleNumberWithReason(parsed) == ValidationResult.IS_POSSIBLE
                        ? Optional.of(number)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> trunkPrefixes() {
        Map<String, String> prefixes = new HashMap<>();
        for (int code : UTIL.getSupportedCallingCodes()) {
            String region = UTIL.getRegionCodeForCountryCode(code);
            // Codes that are no country, such as those of satellites, have none.
            String prefix = region.equals("001") ? "" : UTIL.getNddPrefixForRegion(region, true);
            prefixes.put(Integer.toString(code), prefix == null ? "" : prefix);
        }
        return Map.copyOf(prefixes);
    }
}
