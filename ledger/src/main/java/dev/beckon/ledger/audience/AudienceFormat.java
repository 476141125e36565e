package dev.beckon.ledger.audience;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvFormat;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import dev.beckon.ledger.people.PhoneNumbers;
import dev.beckon.ledger.people.Usernames;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How the lines of one audience are to be read: by a header, which may name columns in any order and others that are ignored,
 * or, without one, as one phone or @name a line.
 */
final class AudienceFormat {
    private static final char[] DELIMITERS = {',', ';', '\t'};

    /** The columns that mean something. */
    enum Column {
        PHONE,
        USERNAME,
        USER_ID,
        FIRST_NAME,
        CONSENT_BASIS,
        CONSENT_EVIDENCE,
        CONSENT_AT,
        LOCALE,
        /** Of a parser's export: whether its account administered the chat from which the person was read. */
        SOURCE_ADMINISTERED
    }

    private final Map<Column, Integer> columns;
    private final char delimiter;
    private final Consent campaignConsent;

    private AudienceFormat(Map<Column, Integer> columns, char delimiter, Consent campaignConsent) {
        this.columns = columns;
        this.delimiter = delimiter;
        this.campaignConsent = campaignConsent;
    }

    /**
     * Judges the first line.
     *
     * @param campaignConsent what holds for a line that names no basis of its own; {@code Unknown} when there is none
     */
    static AudienceFormat of(String firstLine, Consent campaignConsent) {
        for (char delimiter : DELIMITERS) {
            Map<Column, Integer> columns = header(firstLine, delimiter);
            if (!columns.isEmpty()) {
                return new AudienceFormat(columns, delimiter, campaignConsent);
            }
        }
        return new AudienceFormat(Map.of(), ',', campaignConsent);
    }

    /**
     * Judges a file by its first line, which is null when it has none.
     *
     * @throws UnreadableAudienceException when no line of it can name anybody
     */
    static AudienceFormat ofFile(LineReader.RawLine first, Consent consent) {
        if (first != null && LineReader.isUtf16(first)) {
            throw new UnreadableAudienceException("The audience is UTF-16: save it as UTF-8.");
        }
        String text = "";
        if (first != null) {
            try {
                text = LineReader.decode(first);
            } catch (InvalidLineException e) {
                // Told as a bad line when its turn comes; it can't be a header.
                text = "";
            }
        }
        AudienceFormat format = of(text, consent);
        if (!format.namesPeople()) {
            throw new UnreadableAudienceException(
                    "The header of the audience names none of phone, username, user_id, spelled so: nobody can be found by it.");
        }
        return format;
    }

    private static Map<Column, Integer> header(String line, char delimiter) {
        String[] cells;
        try {
            cells = parser(delimiter).parseLine(line);
        } catch (TextParsingException e) {
            // Told as a bad line when its turn comes, as a line of NDJSON is; it can't be a header.
            return Map.of();
        }
        Map<Column, Integer> columns = new EnumMap<>(Column.class);
        for (int i = 0; cells != null && i < cells.length; i++) {
            if (cells[i] == null) {
                continue;
            }
            String name = cells[i].strip().toUpperCase(Locale.ROOT);
            for (Column column : Column.values()) {
                if (column.name().equals(name)) {
                    columns.putIfAbsent(column, i);
                }
            }
        }
        return columns;
    }

    /** The same for people who are not to be contacted: where a list of them was read does not matter. */
    AudienceFormat ofAnySource() {
        Map<Column, Integer> others = new EnumMap<>(Column.class);
        others.putAll(columns);
        others.remove(Column.SOURCE_ADMINISTERED);
        return new AudienceFormat(others, delimiter, campaignConsent);
    }

    /** Whether the first line is a header and no person. */
    boolean hasHeader() {
        return !columns.isEmpty();
    }

    /** Whether anybody can be found by this file at all. */
    boolean namesPeople() {
        return !hasHeader()
                || columns.containsKey(Column.PHONE)
                || columns.containsKey(Column.USERNAME)
                || columns.containsKey(Column.USER_ID);
    }

    /** One thread's parser of this format; not thread-safe. */
    Parser parser() {
        return new Parser(parser(delimiter));
    }

    private static CsvParser parser(char delimiter) {
        CsvParserSettings settings = new CsvParserSettings();
        CsvFormat format = settings.getFormat();
        format.setDelimiter(delimiter);
        format.setLineSeparator("\n");
        format.setComment('\0');
        settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.RAISE_ERROR);
        settings.setMaxCharsPerColumn(LineReader.MAX_LINE_BYTES + 1);
        settings.setErrorContentLength(0);
        return new CsvParser(settings);
    }

    /** Reads lines. */
    final class Parser {
        private final CsvParser csv;

        private Parser(CsvParser csv) {
            this.csv = csv;
        }

        AudienceLine parse(LineReader.RawLine raw) {
            long number = raw.number();
            try {
                String line = LineReader.decode(raw);
                if (line.isBlank() || (number == 1 && hasHeader())) {
                    return new AudienceLine.Empty(number);
                }
                return hasHeader() ? byHeader(number, line) : byConsent(number, byItself(line));
            } catch (InvalidLineException e) {
                return new AudienceLine.Invalid(number, e.getMessage());
            }
        }

        private Person byItself(String line) throws InvalidLineException {
            String text = line.strip();
            if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
                text = text.substring(1, text.length() - 1);
            }
            Identities identities;
            if (text.startsWith("@")) {
                identities = Identities.ofUsername(username(text));
            } else if (text.indexOf(',') >= 0 || text.indexOf(';') >= 0 || text.indexOf('\t') >= 0) {
                throw new InvalidLineException(
                        "The line has several columns, but the first line of the file is no header that Beckon knows: name the"
                                + " columns there, with at least one of phone, username, user_id.");
            } else {
                identities = Identities.ofPhone(phone(text));
            }
            return new Person(identities, Optional.empty(), Optional.empty(), campaignConsent);
        }

        private AudienceLine byHeader(long number, String line) throws InvalidLineException {
            String[] cells = cells(line);
            Person person = person(cells);
            // Before consent: a list of somebody else's people is no list of those who agreed, whatever is written
            // beside them.
            return isForeign(cells) ? new AudienceLine.Foreign(number, person) : byConsent(number, person);
        }

        private Person person(String[] cells) throws InvalidLineException {
            Optional<String> phone = cell(cells, Column.PHONE);
            Optional<String> username = cell(cells, Column.USERNAME);
            Optional<String> userId = cell(cells, Column.USER_ID);
            if (phone.isEmpty() && username.isEmpty() && userId.isEmpty()) {
                throw new InvalidLineException("The line names nobody: phone, username and user_id are empty.");
            }
            Identities identities = new Identities(
                    phone.isPresent() ? Optional.of(phone(phone.get())) : Optional.empty(),
                    username.isPresent() ? Optional.of(username(username.get())) : Optional.empty(),
                    userId.isPresent() ? Optional.of(userId(userId.get())) : Optional.empty());
            return new Person(
                    identities,
                    bounded(cell(cells, Column.FIRST_NAME), 128),
                    bounded(cell(cells, Column.LOCALE), 35),
                    consent(cells));
        }

        private String[] cells(String line) throws InvalidLineException {
            String[] cells;
            try {
                cells = csv.parseLine(line);
            } catch (TextParsingException e) {
                throw new InvalidLineException(
                        "The quotes of the line are not in order: a quote within quotes is doubled.");
            }
            if (cells == null) {
                throw new InvalidLineException("The line names nobody.");
            }
            // A quote that is never closed swallows the rest of its line; it must not swallow the next lines.
            if (line.chars().filter(c -> c == '"').count() % 2 != 0) {
                throw new InvalidLineException("A quote of the line is not closed.");
            }
            return cells;
        }

        private Optional<String> cell(String[] cells, Column column) {
            Integer index = columns.get(column);
            return index == null || index >= cells.length || cells[index] == null
                    ? Optional.empty()
                    : Optional.of(cells[index].strip()).filter(text -> !text.isEmpty());
        }

        /** Only a parser's export has the column; without it, or with nothing in it, the list is the team's own. */
        private boolean isForeign(String[] cells) throws InvalidLineException {
            Optional<String> said = cell(cells, Column.SOURCE_ADMINISTERED);
            if (said.isEmpty() || said.get().equalsIgnoreCase("true")) {
                return false;
            }
            if (said.get().equalsIgnoreCase("false")) {
                return true;
            }
            throw new InvalidLineException(
                    "The source_administered is neither true nor false: leave it as the parser's export wrote it.");
        }

        private Consent consent(String[] cells) throws InvalidLineException {
            Optional<String> named = cell(cells, Column.CONSENT_BASIS);
            Optional<String> evidence = bounded(cell(cells, Column.CONSENT_EVIDENCE), 256);
            Optional<String> at = cell(cells, Column.CONSENT_AT);
            if (at.isPresent() && !Consent.isMoment(at.get())) {
                throw new InvalidLineException(
                        "The consent_at is no date: write it as 2026-10-05, or with a time as 2026-10-05T14:30:00Z.");
            }
            if (named.isEmpty()) {
                return new Consent(campaignConsent.basis(), evidence, at);
            }
            for (Consent.Basis basis : Consent.Basis.values()) {
                if (basis.name().equalsIgnoreCase(named.get())) {
                    return new Consent(basis, evidence, at);
                }
            }
            throw new InvalidLineException("The consent_basis is none of OptIn, ExistingMember, Contract, Unknown.");
        }
    }

    private static AudienceLine byConsent(long number, Person person) {
        return person.consent().basis().allowsContact()
                ? new AudienceLine.Valid(number, person)
                : new AudienceLine.WithoutConsent(number, person);
    }

    private static String phone(String text) throws InvalidLineException {
        PhoneNumbers.Parsed parsed = PhoneNumbers.parse(text);
        if (parsed.e164().isEmpty()) {
            throw new InvalidLineException(parsed.problem().orElseThrow());
        }
        return parsed.e164().get();
    }

    private static String username(String text) throws InvalidLineException {
        return Usernames.normalise(text)
                .orElseThrow(
                        () -> new InvalidLineException(
                                "This is no username of Telegram: it has 4 to 32 letters, digits and underscores, beginning with a letter."));
    }

    private static long userId(String text) throws InvalidLineException {
        try {
            long id = Long.parseLong(text);
            if (id > 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            throw new InvalidLineException("The user_id is no number.");
        }
        throw new InvalidLineException("The user_id is not positive: people's ids are.");
    }

    private static Optional<String> bounded(Optional<String> text, int max) throws InvalidLineException {
        if (text.isPresent() && text.get().length() > max) {
            throw new InvalidLineException("A column is longer than " + max + " characters.");
        }
        if (text.isPresent() && text.get().chars().anyMatch(Character::isISOControl)) {
            throw new InvalidLineException("A column has a control character, such as a tab within a name.");
        }
        return text;
    }
}
