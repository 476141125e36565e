package dev.beckon.ledger.audience;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.people.PhoneNumbers;
import dev.beckon.ledger.people.Usernames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Whatever bytes an audience's file has: each line is a person, nothing, or a sentence that holds nothing of it. */
class AudienceFuzzTest {
    /** Stands in the inputs where a person does, and must not come out again but as that person. */
    private static final String CANARY = "Zanzibar77";

    private static final LedgerKeys KEYS = LedgerKeys.generate();
    private static final PersonVault VAULT = new PersonVault(KEYS.fieldCipher(), KEYS.lookupKeys());

    @FuzzTest
    void lines(byte[] file) throws IOException {
        List<LineReader.RawLine> lines = split(file);
        AudienceFormat format;
        try {
            format = AudienceFormat.ofFile(lines.isEmpty() ? null : lines.getFirst(), Consent.of(Consent.Basis.OptIn));
        } catch (UnreadableAudienceException e) {
            assertThat(e.getMessage()).endsWith(".").doesNotContain(CANARY);
            return;
        }
        AudienceFormat.Parser parser = format.parser();
        for (LineReader.RawLine line : lines) {
            assertSound(parser.parse(line));
        }
        if (!lines.isEmpty()) {
            // What a line is does not depend on the lines before it: else one person's columns could be another's.
            LineReader.RawLine last = lines.getLast();
            assertThat(parser.parse(last)).isEqualTo(format.parser().parse(last));
        }
    }

    private static List<LineReader.RawLine> split(byte[] file) throws IOException {
        LineReader reader = new LineReader(new ByteArrayInputStream(file));
        List<LineReader.RawLine> lines = new ArrayList<>();
        for (LineReader.RawLine line = reader.next(); line != null; line = reader.next()) {
            assertThat(line.size()).isLessThanOrEqualTo(LineReader.MAX_LINE_BYTES);
            lines.add(line);
        }
        return lines;
    }

    private static void assertSound(AudienceLine line) {
        assertThat(line.toString()).doesNotContain(CANARY);
        if (line instanceof AudienceLine.Invalid invalid) {
            assertThat(invalid.sentence()).endsWith(".");
        }
        line.who().ifPresent(AudienceFuzzTest::assertSound);
    }

    /** Everything that is done with a person later can be done. */
    private static void assertSound(Person person) {
        Identities who = person.identities();
        who.phone()
                .ifPresent(phone -> assertThat(PhoneNumbers.parse(phone).e164())
                        .as("spelled once")
                        .contains(phone));
        who.username().ifPresent(name -> assertThat(Usernames.normalise(name)).contains(name));
        assertThat(who.canonical()).isNotEmpty();
        assertThat(person.consent().moment()).isNotNull();
        byte[] sealed = VAULT.seal(person, "uid", 1);
        assertThat(VAULT.open(sealed, person.consent().basis(), "uid", 1)).isEqualTo(person);
    }
}
