package dev.beckon.ledger.audience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudienceFormatTest {
    private static final Consent OPT_IN = Consent.of(Consent.Basis.OptIn);

    private static List<AudienceLine> read(byte[] bytes, Consent consent) throws IOException, InvalidLineException {
        LineReader reader = new LineReader(new ByteArrayInputStream(bytes));
        List<LineReader.RawLine> raw = new ArrayList<>();
        for (LineReader.RawLine line = reader.next(); line != null; line = reader.next()) {
            raw.add(line);
        }
        AudienceFormat format = AudienceFormat.of(raw.isEmpty() ? "" : LineReader.decode(raw.getFirst()), consent);
        AudienceFormat.Parser parser = format.parser();
        return raw.stream().map(parser::parse).toList();
    }

    private static List<AudienceLine> read(String text) throws IOException, InvalidLineException {
        return read(text.getBytes(UTF_8), OPT_IN);
    }

    private static Person person(AudienceLine line) {
        return line.who().orElseThrow(() -> new AssertionError(line.toString()));
    }

    @Test
    void headerMayStandInAnyOrderAmongOtherColumns() throws Exception {
        List<AudienceLine> lines =
                read("First_Name,notes,USERNAME,phone,locale,user_id\r\nAnn,x,@Ann_B,+49 170 1234567,de,42\r\n");
        Person ann = person(lines.get(1));
        assertThat(ann.identities())
                .isEqualTo(new Identities(Optional.of("+491701234567"), Optional.of("ann_b"), Optional.of(42L)));
        assertThat(ann.firstName()).contains("Ann");
        assertThat(ann.locale()).contains("de");
        assertThat(lines.getFirst()).isInstanceOf(AudienceLine.Empty.class);
    }

    @Test
    void withoutHeaderALineIsOnePhoneOrOneName() throws Exception {
        List<AudienceLine> lines = read("+491701234567\n@bobby\n\n  \"@carl\"  \nbob\n+49170,Ann");
        assertThat(person(lines.get(0)).identities()).isEqualTo(Identities.ofPhone("+491701234567"));
        assertThat(person(lines.get(1)).identities()).isEqualTo(Identities.ofUsername("bobby"));
        assertThat(lines.get(2)).isInstanceOf(AudienceLine.Empty.class);
        assertThat(person(lines.get(3)).identities()).isEqualTo(Identities.ofUsername("carl"));
        assertThat(lines.get(4)).isInstanceOf(AudienceLine.Invalid.class);
        assertThat(((AudienceLine.Invalid) lines.get(5)).sentence()).contains("no header");
    }

    @Test
    void byteOrderMarkIsNoPartOfTheFirstColumn() throws Exception {
        List<AudienceLine> lines = read("\uFEFFphone\n+491701234567\n");
        assertThat(person(lines.get(1)).identities()).isEqualTo(Identities.ofPhone("+491701234567"));
    }

    @Test
    void aControlCharacterWithinANameIsABadLine() throws Exception {
        List<AudienceLine> lines = read("phone,first_name\n+491701234567,An\u0007na\n+491701234568,Ben");
        assertThat(((AudienceLine.Invalid) lines.get(1)).sentence()).contains("control character");
        assertThat(person(lines.get(2)).firstName()).contains("Ben");
    }

    @Test
    void semicolonsAndTabsAreUnderstoodToo() throws Exception {
        assertThat(person(read("name;phone\nA;+491701234567").get(1)).identities())
                .isEqualTo(Identities.ofPhone("+491701234567"));
        assertThat(person(read("name\tusername\nA\tbobby").get(1)).identities())
                .isEqualTo(Identities.ofUsername("bobby"));
    }

    @Test
    void severalColumnsUnderAHeaderOfUnknownNamesAreToldWhatToWriteThere() throws Exception {
        for (String delimiter : List.of(",", ";", "\t")) {
            List<AudienceLine> lines = read("Telefon" + delimiter + "Name\n+491701234567" + delimiter + "Ann\n");
            assertThat(lines)
                    .allSatisfy(line -> assertThat(((AudienceLine.Invalid) line).sentence())
                            .contains("no header", "phone, username, user_id"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-10-05", "2026-10-05T14:30:00Z", "2026-10-05 14:30:00", "2026-10-05T14:30+02:00"})
    void aConsentDateInIsoFormIsKept(String at) throws Exception {
        Person person =
                person(read("phone,consent_at\n+491701234567," + at + "\n").get(1));
        assertThat(person.consent().at()).contains(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"05.10.2026", "10/05/2026", "2026-13-05", "2026-02-30", "yesterday", "2026", "2026-10-05 noon"})
    void aConsentDateThatMayMeanAnotherDayIsABadLineAndTheFormIsShown(String at) throws Exception {
        AudienceLine line = read("phone,consent_at\n+491701234567," + at + "\n").get(1);
        assertThat(((AudienceLine.Invalid) line).sentence())
                .contains("consent_at", "2026-10-05")
                .doesNotContain("05.10");
    }

    @Test
    void consentOfTheRowWinsOverThatOfTheCampaign() throws Exception {
        String csv = """
                phone,consent_basis,consent_evidence,consent_at
                +491701234567,Contract,order 5,2026-01-01
                +491701234568,,,
                +491701234569,Unknown,,
                """;
        List<AudienceLine> lines = read(csv);
        Consent contract = person(lines.get(1)).consent();
        assertThat(contract.basis()).isEqualTo(Consent.Basis.Contract);
        assertThat(contract.evidence()).contains("order 5");
        assertThat(contract.at()).contains("2026-01-01");
        assertThat(person(lines.get(2)).consent().basis()).isEqualTo(Consent.Basis.OptIn);
        assertThat(lines.get(3)).isInstanceOf(AudienceLine.WithoutConsent.class);
        assertThat(read(csv.getBytes(UTF_8), Consent.of(Consent.Basis.Unknown)).get(2))
                .isInstanceOf(AudienceLine.WithoutConsent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "FALSE", "False", " false "})
    void whomAParserReadFromAForeignChatIsNobodyToContactWhateverConsentTheLineOrTheCampaignStates(String said)
            throws Exception {
        List<AudienceLine> lines = read("username,source_administered,consent_basis,consent_evidence\nbobby," + said
                + ",OptIn,form\ncarol," + said + ",,\ndora," + said + ",Unknown,\n");
        assertThat(lines.subList(1, 4)).allSatisfy(line -> assertThat(line).isInstanceOf(AudienceLine.Foreign.class));
        assertThat(lines.get(1).number()).isEqualTo(2);
        assertThat(person(lines.get(1)).identities()).isEqualTo(Identities.ofUsername("bobby"));
    }

    @Test
    void aLineOfTheTeamsOwnChatOrOfNoParserNeedsConsentLikeAllOthers() throws Exception {
        String csv = "username,source_administered\nbobby,true\ncarol,TRUE\ndora,\nemily\n";
        assertThat(read(csv).subList(1, 5)).allSatisfy(line -> assertThat(line).isInstanceOf(AudienceLine.Valid.class));
        assertThat(read(csv.getBytes(UTF_8), Consent.of(Consent.Basis.Unknown)).subList(1, 5))
                .allSatisfy(line -> assertThat(line).isInstanceOf(AudienceLine.WithoutConsent.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FALSCH", "no", "0", "yes", "tru"})
    void aSourceThatIsNeitherTrueNorFalseIsABadLine(String said) throws Exception {
        AudienceLine line =
                read("username,source_administered\nbobby," + said + "\n").get(1);
        assertThat(((AudienceLine.Invalid) line).sentence()).contains("source_administered is neither true nor false");
    }

    @Test
    void anNdjsonExportIsNoAudienceAndEachLineSaysSo() throws Exception {
        List<AudienceLine> lines = read("""
                {"user_id":7,"username":"bobby","bot":false,"last_seen":"Recently"}
                {"user_id":8,"bot":false,"last_seen":"Recently"}
                """);
        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(((AudienceLine.Invalid) line).sentence()).contains("no header"));
    }

    @Test
    void aFirstLineWhoseQuotesAreNotInOrderCostsOnlyItself() throws Exception {
        List<AudienceLine> lines = read("\"bo\"b,\n@bobby\n");
        assertThat(lines.get(0)).isInstanceOf(AudienceLine.Invalid.class);
        assertThat(person(lines.get(1)).identities()).isEqualTo(Identities.ofUsername("bobby"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0170 1234567,bobby,,|country code",
                ",b!,,|username",
                ",,abc,|user_id is no number",
                ",,-5,|not positive",
                ",,,|names nobody",
                "+491701234567,,,Maybe|consent_basis",
                "\"+491701234567,,,|quote",
                "+491701234567,\"bo\"b,,|quote",
            })
    void aBadLineTellsWhyWithoutItsContent(String line, String part) throws Exception {
        List<AudienceLine> lines = read("phone,username,user_id,consent_basis\n" + line + "\n+491701234599,,,\n");
        assertThat(lines.get(1)).isInstanceOfSatisfying(AudienceLine.Invalid.class, invalid -> {
            assertThat(invalid.sentence()).contains(part).doesNotContain("170").doesNotContain("abc");
            assertThat(invalid.number()).isEqualTo(2);
        });
        assertThat(lines.get(2)).isInstanceOf(AudienceLine.Valid.class);
    }

    @Test
    void aLineThatIsNotUtf8OrTooLongCostsOnlyItself() throws Exception {
        byte[] latin1 = "phone,first_name\n+491701234567,J\u00FCrgen\n+491701234568,\u00D6\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        List<AudienceLine> lines = read(latin1, OPT_IN);
        assertThat(((AudienceLine.Invalid) lines.get(1)).sentence()).contains("UTF-8");
        List<AudienceLine> afterLong =
                read("phone\n" + "x".repeat(LineReader.MAX_LINE_BYTES * 3) + "\n+491701234567\n");
        assertThat(((AudienceLine.Invalid) afterLong.get(1)).sentence()).contains("longer than");
        assertThat(person(afterLong.get(2)).identities()).isEqualTo(Identities.ofPhone("+491701234567"));
        assertThat(afterLong.get(2).number()).isEqualTo(3);
    }

    @Test
    void anUnclosedQuoteDoesNotSwallowTheNextLines() throws Exception {
        List<AudienceLine> lines = read("phone,first_name\n+491701234567,\"Ann\n+491701234568,Bob\n");
        assertThat(lines.get(1)).isInstanceOf(AudienceLine.Invalid.class);
        assertThat(person(lines.get(2)).firstName()).contains("Bob");
    }

    @Property
    void whateverANameHoldsItComesBack(@ForAll("names") String name, @ForAll boolean windows) throws Exception {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        String csv = "first_name,phone\n" + quoted + ",+491701234567\n";
        List<AudienceLine> lines = read(windows ? csv.replace("\n", "\r\n") : csv);
        assertThat(person(lines.get(1)).firstName())
                .isEqualTo(Optional.of(name.strip()).filter(n -> !n.isEmpty()));
    }

    @Property
    void whoeverIsWrittenIntoACampaignComesOutOfItsFileAsThey(
            @ForAll("names") String name, @ForAll @LongRange(min = 1) long id, @ForAll("ends") String end)
            throws Exception {
        String username = "user_" + Math.floorMod(id, 1_000_000_000L);
        AudienceSource source = AudienceSource.inline(List.of(
                person(Optional.of("+491701234567"), Optional.of("@" + username), Optional.empty(), name + end + name),
                person(Optional.empty(), Optional.empty(), Optional.of(id), end + name)));
        List<AudienceLine> lines;
        try (InputStream in = source.open()) {
            lines = read(in.readAllBytes(), OPT_IN);
        }
        assertThat(lines).hasSize(3);
        Person first = person(lines.get(1));
        assertThat(first.identities())
                .isEqualTo(new Identities(Optional.of("+491701234567"), Optional.of(username), Optional.empty()));
        assertThat(first.firstName()).isEqualTo(named(name + " " + name));
        Person second = person(lines.get(2));
        assertThat(second.identities()).isEqualTo(Identities.ofUserId(id));
        assertThat(second.firstName()).isEqualTo(named(name));
    }

    private static AudienceSource.InlinePerson person(
            Optional<String> phone, Optional<String> username, Optional<Long> userId, String firstName) {
        return new AudienceSource.InlinePerson(phone, username, userId, Optional.of(firstName));
    }

    private static Optional<String> named(String name) {
        return Optional.of(name.strip()).filter(text -> !text.isEmpty());
    }

    @Provide
    Arbitrary<String> ends() {
        return Arbitraries.of("\n", "\r\n", "\r", "\n\n", "\u2028", "\u0085");
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange(' ', '\u04FF')
                .ofMaxLength(40)
                .filter(name -> name.chars().noneMatch(Character::isISOControl));
    }

    @Property
    void noBytesMakeTheReaderFailAndNumbersCountUp(@ForAll byte[] bytes) throws Exception {
        LineReader reader = new LineReader(new ByteArrayInputStream(bytes));
        AudienceFormat.Parser parser =
                AudienceFormat.of("phone,username", OPT_IN).parser();
        long expected = 1;
        for (LineReader.RawLine line = reader.next(); line != null; line = reader.next()) {
            assertThat(parser.parse(line).number()).isEqualTo(expected++);
        }
    }
}
