package dev.beckon.ledger.steward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.keys.LookupKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The list that is kept beside the backups comes back from wherever it lay. */
class SuppressionFileFuzzTest {
    private static final LookupKeys KEYS = LedgerKeys.generate().lookupKeys();
    private static final String FIRST_LINE = "beckon-suppressions,2,"
            + HexFormat.of().formatHex(KEYS.primaryOf("suppression-file:2").bytes()) + "\n";

    @FuzzTest
    void entries(byte[] bytes) throws IOException {
        String text = FIRST_LINE + new String(bytes, StandardCharsets.UTF_8);
        List<Suppressed> entries = new ArrayList<>();
        try {
            new SuppressionFile(KEYS).read(new BufferedReader(new StringReader(text)), entries::addAll);
            fail("nobody without the keys makes the last line");
        } catch (LedgerException e) {
            assertThat(e).hasNoCause().hasMessageStartingWith("Line ");
        }
        for (Suppressed entry : entries) {
            // As the ledger keeps it, in milliseconds.
            assertThat(Instant.ofEpochMilli(entry.since().toEpochMilli())).isEqualTo(entry.since());
        }
    }
}
