package dev.beckon.leakscan;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an audience file tells of people. Read roughly and on purpose not as the ledger reads it: also what stands on a line that
 * is refused is a person's.
 */
final class AudienceCells {
    private static final Pattern BETWEEN = Pattern.compile("[\\r\\n,;\\t]+");
    private static final Pattern AROUND = Pattern.compile("^[\\s\"\uFEFF@]+|[\\s\"]+$");
    /** A date is in every log. */
    private static final Predicate<String> DATE =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*").asMatchPredicate();

    private static final Predicate<String> PHONE =
            Pattern.compile("\\+?[\\d\\s()./-]{7,}").asMatchPredicate();
    private static final Pattern NO_DIGIT = Pattern.compile("\\D+");

    /** Words of the file's form: its columns, the bases of consent, and what a parser's export says of its source. */
    private static final Set<String> FORM = Set.of(
            "phone",
            "username",
            "user_id",
            "first_name",
            "consent_basis",
            "consent_evidence",
            "consent_at",
            "locale",
            "source_administered",
            "OptIn",
            "ExistingMember",
            "Contract",
            "Unknown",
            "true",
            "false");

    private AudienceCells() {}

    /** Each cell; of a phone, however it was written, its digits too. */
    static Stream<String> of(String file) {
        return Arrays.stream(BETWEEN.split(file))
                .map(cell -> AROUND.matcher(cell).replaceAll(""))
                .filter(cell -> !FORM.contains(cell))
                .filter(DATE.negate())
                .flatMap(cell -> PHONE.test(cell)
                        ? Stream.of(cell, NO_DIGIT.matcher(cell).replaceAll(""))
                        : Stream.of(cell));
    }
}
