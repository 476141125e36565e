package dev.beckon.ledger.audience;

import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** People named in a file of an audience's form, for what needs no consent of theirs. */
public final class PeopleFile {
    private PeopleFile() {}

    /**
     * Reads it line by line in bounded memory; a line that can't be understood costs only itself.
     *
     * @param people is told of each person, in the file's order
     * @param bad is told of each line that can't be understood
     * @throws UnreadableAudienceException when no line of it can name anybody
     */
    public static void read(InputStream in, Consumer<Identities> people, Consumer<BadLines.BadLine> bad)
            throws IOException {
        LineReader lines = new LineReader(in);
        LineReader.RawLine line = lines.next();
        if (line == null) {
            return;
        }
        AudienceFormat format =
                AudienceFormat.ofFile(line, Consent.of(Consent.Basis.Unknown)).ofAnySource();
        AudienceFormat.Parser parser = format.parser();
        for (; line != null; line = lines.next()) {
            AudienceLine read = parser.parse(line);
            if (read instanceof AudienceLine.Invalid invalid) {
                bad.accept(new BadLines.BadLine(invalid.number(), invalid.sentence()));
            }
            read.who().map(Person::identities).ifPresent(people);
        }
    }
}
