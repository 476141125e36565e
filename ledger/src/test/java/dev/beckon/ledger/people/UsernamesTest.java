package dev.beckon.ledger.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsernamesTest {
    @Test
    void aNameHasFourToThirtyTwoCharacters() {
        assertThat(Usernames.normalise("bob")).isEmpty();
        assertThat(Usernames.normalise("@Bobb")).contains("bobb");
        assertThat(Usernames.normalise("b".repeat(32))).isPresent();
        assertThat(Usernames.normalise("b".repeat(33))).isEmpty();
    }
}
