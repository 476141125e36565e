package dev.beckon.ledger.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    @Test
    void usernamesOfAllCasesAreOne() {
        assertThat(Identities.ofUsername("@Bob_S")).isEqualTo(Identities.ofUsername("bob_s"));
        assertThat(Usernames.normalise("@Bob_S")).contains("bob_s");
        assertThat(Usernames.normalise("bo")).isEmpty();
        assertThat(Usernames.normalise("1bob")).isEmpty();
        assertThat(Usernames.normalise("bobby smith")).isEmpty();
    }

    @Test
    void kindsOfIdentityNeverMeet() {
        assertThat(Identities.ofUserId(42).canonical())
                .doesNotContainAnyElementsOf(Identities.ofUsername("a42").canonical());
        assertThat(Identities.ofUserId(42).canonical()).containsExactly("user_id:42");
    }

    @Test
    void whatIsKnownWinsOverWhatIsLearned() {
        Identities known = Identities.ofPhone("+491701234567");
        Identities learned = new Identities(Optional.of("+4900"), Optional.of("bobby"), Optional.of(7L));
        assertThat(known.completedBy(learned))
                .isEqualTo(new Identities(Optional.of("+491701234567"), Optional.of("bobby"), Optional.of(7L)));
    }

    @Test
    void nobodyIsRefused() {
        assertThatThrownBy(() -> new Identities(Optional.of(" "), Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printingTellsNothing() {
        Person person = new Person(
                Identities.ofPhone("+491701234567"),
                Optional.of("Ann"),
                Optional.empty(),
                new Consent(Consent.Basis.OptIn, Optional.of("form of Ann"), Optional.empty()));
        assertThat(person.toString()).doesNotContain("Ann").doesNotContain("170");
        assertThat(person.identities().toString()).doesNotContain("170");
        assertThat(person.consent().toString()).doesNotContain("Ann");
    }
}
