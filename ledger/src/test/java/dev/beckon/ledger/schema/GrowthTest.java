package dev.beckon.ledger.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.schema.Growth.Column;
import dev.beckon.ledger.schema.Growth.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static final Column NEEDED = new Column("bigint(20)", false, false);
    private static final Column OPTIONAL = new Column("bigint(20)", true, true);
    private static final Schema BEFORE =
            new Schema(Map.of("person.ordinal", NEEDED, "person.note", OPTIONAL), Set.of("person: ordinal"));

    private static Schema with(String name, Column column) {
        Map<String, Column> columns = new HashMap<>(BEFORE.columns());
        columns.put(name, column);
        return new Schema(columns, BEFORE.unique());
    }

    @Test
    void whatOnlyGrowsHarmsNobody() {
        assertThat(Growth.harms(BEFORE, BEFORE)).isEmpty();
        assertThat(Growth.harms(BEFORE, with("person.since", OPTIONAL))).isEmpty();
        assertThat(Growth.harms(BEFORE, with("another.ordinal", NEEDED))).isEmpty();
        assertThat(Growth.harms(BEFORE, with("person.ordinal", OPTIONAL))).isEmpty();
        assertThat(Growth.harms(BEFORE, new Schema(BEFORE.columns(), Set.of()))).isEmpty();
    }

    @Test
    void whatIsGoneOrRenamedIsFound() {
        assertThat(Growth.harms(BEFORE, new Schema(Map.of("person.number", OPTIONAL), Set.of())))
                .containsExactlyInAnyOrder("person.ordinal is gone", "person.note is gone");
    }

    @Test
    void whatTheFormerReleaseDoesNotWriteMayNotBeNeeded() {
        assertThat(Growth.harms(BEFORE, with("person.since", NEEDED)))
                .containsExactly("person.since is new, and a row without it is refused");
        assertThat(Growth.harms(BEFORE, with("person.note", NEEDED)))
                .containsExactly("person.note takes no NULL any more");
    }

    @Test
    void whatTheFormerReleaseWritesMayNotBeRefused() {
        assertThat(Growth.harms(BEFORE, with("person.note", new Column("int(11)", true, true))))
                .containsExactly("person.note was bigint(20) and is int(11)");
        assertThat(Growth.harms(BEFORE, new Schema(BEFORE.columns(), Set.of("person: ordinal", "person: note"))))
                .containsExactly("person: note is a new unique key");
    }
}
