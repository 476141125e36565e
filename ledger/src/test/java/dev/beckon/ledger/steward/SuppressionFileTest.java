package dev.beckon.ledger.steward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.keys.LookupKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** An opt-out that is taken out of an export, where it lies beside the backups, does not stay out without a word. */
class SuppressionFileTest {
    private static final LookupKeys KEYS = LedgerKeys.generate().lookupKeys();
    private static final List<Suppressed> ENTRIES = List.of(
            new Suppressed(
                    KEYS.primaryOf("id:1"), OptionalLong.empty(), "OptOut", Instant.parse("2026-10-05T14:30:00Z")),
            new Suppressed(
                    KEYS.primaryOf("id:2"), OptionalLong.of(-100), "Left", Instant.parse("2026-10-06T14:30:00.123Z")));

    private final SuppressionFile file = new SuppressionFile(KEYS);

    private List<String> exported() throws IOException {
        StringWriter out = new StringWriter();
        assertThat(file.write(ENTRIES::forEach, out)).isEqualTo(2);
        return new ArrayList<>(out.toString().lines().toList());
    }

    private List<Suppressed> read(List<String> lines, String lineEnd) throws IOException {
        List<Suppressed> read = new ArrayList<>();
        file.read(new BufferedReader(new StringReader(String.join(lineEnd, lines))), read::addAll);
        return read;
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        assertThat(exported()).hasSize(5);
        assertThat(read(exported(), "\n")).isEqualTo(ENTRIES);
        assertThat(read(exported(), "\r\n")).isEqualTo(ENTRIES);
    }

    @Test
    void anEmptyListIsAFileToo() throws IOException {
        StringWriter out = new StringWriter();
        assertThat(file.write(reader -> {}, out)).isZero();
        assertThat(read(out.toString().lines().toList(), "\n")).isEmpty();
    }

    @Test
    void aLineThatWasTakenOutAddedOrChangedIsNoticed() throws IOException {
        List<String> without = exported();
        without.remove(2);
        List<String> twice = exported();
        twice.add(3, twice.get(2));
        List<String> later = exported();
        later.set(2, later.get(2).replace("2026-10-05", "2026-10-07"));
        List<String> swapped = exported();
        swapped.add(2, swapped.remove(3));
        for (List<String> edited : List.of(without, twice, later, swapped)) {
            assertThatThrownBy(() -> read(edited, "\n"))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("edited");
        }
    }

    @Test
    void aFileThatWasCutOffOrGoesOnIsNoticed() throws IOException {
        List<String> cut = exported();
        cut.removeLast();
        assertThatThrownBy(() -> read(cut, "\n")).hasMessageContaining("cut off");
        List<String> more = exported();
        more.add(more.get(2));
        assertThatThrownBy(() -> read(more, "\n")).hasMessageContaining("Line 6");
    }

    @Test
    void nobodyElsesLastLineWillDo() throws IOException {
        StringWriter out = new StringWriter();
        new SuppressionFile(LedgerKeys.generate().lookupKeys()).write(ENTRIES::forEach, out);
        List<String> forged = exported();
        forged.set(4, out.toString().lines().toList().getLast());
        assertThatThrownBy(() -> read(forged, "\n")).hasMessageContaining("edited");
    }
}
