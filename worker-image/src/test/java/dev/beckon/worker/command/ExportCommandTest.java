package dev.beckon.worker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.univocity.parsers.common.TextWritingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.CsvWriter;
import dev.beckon.ledger.invite.OutcomeLog.Row;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import dev.beckon.worker.export.SafeCsv;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The exported log says what the ledger says, whatever a person is called. */
class ExportCommandTest {
    private static final int FIRST_NAME = 7;
    private static final int TELEGRAM = 11;

    @Property
    void whatIsWrittenIsRead(@ForAll("texts") String name, @ForAll("texts") String raw) {
        StringWriter text = new StringWriter();
        CsvWriter csv = SafeCsv.writer(text);
        List<String[]> written = List.of(ExportCommand.fields(row(name, raw)), ExportCommand.fields(row(raw, name)));
        written.forEach(csv::writeRow);
        csv.flush();
        CsvParserSettings settings = new CsvParserSettings();
        settings.setIgnoreLeadingWhitespaces(false);
        settings.setIgnoreTrailingWhitespaces(false);
        settings.setNullValue("");
        List<String[]> read = new CsvParser(settings).parseAll(new StringReader(text.toString()));
        assertThat(read).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(read.get(i)).containsExactly(written.get(i));
        }
    }

    @Property
    void nothingIsAFormulaForASpreadsheet(@ForAll("texts") String text) {
        String[] fields = ExportCommand.fields(row("=" + text, "@" + text));
        assertThat(fields[FIRST_NAME]).startsWith("'=");
        assertThat(fields[TELEGRAM]).startsWith("'@");
    }

    @Test
    void aFullDiskIsToldWithoutThePersonAtWhomItHappened() {
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        CsvWriter csv = SafeCsv.writer(full);
        assertThatThrownBy(() -> {
                    csv.writeRow(ExportCommand.fields(row("Konstantin", "PEER_FLOOD")));
                    csv.flush();
                })
                .isInstanceOf(TextWritingException.class)
                .hasMessageNotContaining("Konstantin")
                .rootCause()
                .hasMessage("No space left on device");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab,;\"'=+-@ \n\täß\uD83D\uDE00").ofMaxLength(12);
    }

    private static Row row(String name, String raw) {
        return new Row(
                1,
                Instant.parse("2026-11-23T10:00:00Z"),
                Optional.of("account"),
                Optional.of(-1001L),
                3,
                Optional.of(new Person(
                        Identities.ofPhone("+491701234567"),
                        Optional.of(name),
                        Optional.empty(),
                        Consent.of(Consent.Basis.OptIn))),
                "Invite",
                OutcomeStatus.Invited,
                "",
                Optional.of(raw));
    }
}
