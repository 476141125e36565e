package dev.beckon.ledger.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final Identities LISTED =
            new Identities(Optional.of("+4917"), Optional.of("old_name"), Optional.of(17L));
    private static final Identities TOLD =
            new Identities(Optional.of("+4930"), Optional.of("bobby"), Optional.of(900L));
    private static final Names BOTH = new Names(LISTED, List.of(TOLD, Identities.ofUsername("bob_too")));

    @Test
    void whatTheListSaysHidesNothingThatTelegramTells() {
        assertThat(BOTH.canonical())
                .containsExactlyInAnyOrder(
                        "phone:+4917",
                        "phone:+4930",
                        "username:old_name",
                        "username:bobby",
                        "username:bob_too",
                        "user_id:17",
                        "user_id:900");
    }

    @Test
    void whatBothSayIsOneName() {
        assertThat(new Names(TOLD, List.of(TOLD)).canonical()).isEqualTo(TOLD.canonical());
        assertThat(Names.of(LISTED).canonical()).isEqualTo(LISTED.canonical());
    }

    @Test
    void aLogNamesThemAsTheListDoesAndTheyAreFoundAgainAsTelegramNamesThem() {
        assertThat(BOTH.reference()).isEqualTo(LISTED);
        assertThat(BOTH.canonical().getFirst()).isEqualTo("phone:+4917");
        assertThat(BOTH.toFind()).isEqualTo(TOLD);
        assertThat(BOTH.userId()).contains(900L);
        Names byName = new Names(Identities.ofUsername("bobby"), List.of(Identities.ofUserId(900)));
        assertThat(byName.toFind())
                .isEqualTo(new Identities(Optional.empty(), Optional.of("bobby"), Optional.of(900L)));
        assertThat(Names.of(Identities.ofPhone("+4917")).userId()).isEmpty();
    }

    @Test
    void printingTellsNothing() {
        assertThat(BOTH.toString()).doesNotContain("bob").doesNotContain("49");
    }
}
