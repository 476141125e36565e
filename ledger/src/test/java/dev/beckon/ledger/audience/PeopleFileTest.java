package dev.beckon.ledger.audience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.people.Identities;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files of people who are not contacted by them: to suppress, show or erase somebody asks no consent. */
class PeopleFileTest {
    private final List<Identities> people = new ArrayList<>();
    private final List<BadLines.BadLine> bad = new ArrayList<>();

    private void read(String text) throws IOException {
        PeopleFile.read(new ByteArrayInputStream(text.getBytes(UTF_8)), people::add, bad::add);
    }

    @Test
    void everybodyIsTakenWhateverTheirConsentAndAlsoOfAForeignChat() throws IOException {
        read("""
                username,consent_basis,source_administered
                anna_a,OptIn,true
                bobby,Unknown,
                carol,,false
                """);
        assertThat(people)
                .containsExactly(
                        Identities.ofUsername("anna_a"),
                        Identities.ofUsername("bobby"),
                        Identities.ofUsername("carol"));
        assertThat(bad).isEmpty();
    }

    @Test
    void aLineThatCantBeReadIsToldByItsNumberAndCostsOnlyItself() throws IOException {
        read("username\nb!\nbobby\n");
        assertThat(people).containsExactly(Identities.ofUsername("bobby"));
        assertThat(bad).extracting(BadLines.BadLine::number).containsExactly(2L);
    }
}
