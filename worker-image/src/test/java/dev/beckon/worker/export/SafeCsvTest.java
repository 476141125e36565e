package dev.beckon.worker.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.parser.ParsedPerson;
import org.junit.jupiter.api.Test;

/** A spreadsheet that opens the file calculates nothing that a stranger wrote. */
class SafeCsvTest {
    @Test
    void whatBeginsLikeAFormulaIsText() {
        for (String formula : new String[] {"=HYPERLINK(1)", "+1+1", "-2", "@SUM(A1)", "\t=1", "\r=1"}) {
            assertThat(SafeCsv.text(formula)).isEqualTo("'" + formula);
            assertThat(SafeCsv.phone(formula)).isEqualTo("'" + formula);
        }
        assertThat(SafeCsv.text("Ann = Bob")).isEqualTo("Ann = Bob");
        assertThat(SafeCsv.text(null)).isEmpty();
    }

    @Test
    void aPhoneNumberStaysOne() {
        assertThat(SafeCsv.phone("+491701234567")).isEqualTo("+491701234567");
        assertThat(SafeCsv.phone("+49-170=1")).startsWith("'");
    }

    @Test
    void aPersonsRowHasEveryNameGuarded() {
        ParsedPerson person = new ParsedPerson(7, null, "+491701234567", "=A", "-B", false, false, true, "Recently");
        assertThat(DatasetFormat.fields(person, false))
                .containsExactly("7", "", "+491701234567", "'=A", "'-B", "false", "false", "true", "Recently", "false");
    }
}
