package dev.beckon.simulator.contract;

import static dev.beckon.simulator.contract.Stage.ok;
import static dev.beckon.simulator.contract.Stage.refused;
import static dev.beckon.simulator.contract.WorldText.aliceAndBob;
import static dev.beckon.simulator.contract.WorldText.meetup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Contact;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramUser;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Finding people, and contacts. */
public interface PeopleContract extends Contract {
    String BOB = "+491700000002";
    String HIDDEN = "username: dora, phone: '+491700000003', privacy: {phone: Nobody}";

    @Test
    default void aPersonIsFoundByUsername() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramUser bob = ok(stage.alice().findByUsername("bobby"));
            assertThat(bob.id()).isEqualTo(stage.id("bobby"));
            assertThat(bob.firstName()).isEqualTo("Bob");
            assertThat(bob.username()).contains("bobby");
            assertThat(bob.bot()).isFalse();
            assertThat(bob.deleted()).isFalse();
        }
    }

    @Test
    default void theCaseOfAUsernameDoesNotMatter() {
        try (Stage stage = stage(aliceAndBob())) {
            assertThat(ok(stage.alice().findByUsername("BobBY")).id()).isEqualTo(stage.id("bobby"));
        }
    }

    @Test
    default void thePhoneOfAStrangerIsNotShown() {
        try (Stage stage = stage(aliceAndBob())) {
            assertThat(ok(stage.alice().findByUsername("bobby")).phone()).isEmpty();
        }
    }

    @Test
    default void aBotIsFoundAsOne() {
        try (Stage stage = stage(aliceAndBob().person(LoginContract.BOT))) {
            assertThat(ok(stage.alice().findByUsername("helper_bot")).bot()).isTrue();
        }
    }

    @Test
    default void aUsernameThatNobodyHasIsNotFound() {
        try (Stage stage = stage(aliceAndBob())) {
            refused(stage.alice().findByUsername("nobody_here"), TelegramError.NotFound.class);
        }
    }

    @Test
    default void theNameOfAChatIsNoPerson() {
        try (Stage stage = stage(meetup())) {
            refused(stage.alice().findByUsername("meetup"), TelegramError.NotFound.class);
        }
    }

    @Test
    default void aDeletedPersonIsNotFound() {
        try (Stage stage = stage(aliceAndBob().person("username: ghost, deleted: true"))) {
            refused(stage.alice().findByUsername("ghost"), TelegramError.NotFound.class);
        }
    }

    @Test
    default void aPersonIsFoundByPhone() {
        try (Stage stage = stage(aliceAndBob())) {
            assertThat(ok(stage.alice().findByPhone(BOB)).id()).isEqualTo(stage.id("bobby"));
            assertThat(stage.world().truth().isContact(stage.id("alice"), stage.id("bobby")))
                    .isFalse();
        }
    }

    @Test
    default void aPhoneThatNobodyHasIsNotFound() {
        try (Stage stage = stage(aliceAndBob())) {
            refused(stage.alice().findByPhone("+491709999999"), TelegramError.NotFound.class);
        }
    }

    @Test
    default void aPersonWhosePrivacyHidesThePhoneIsNotFoundByIt() {
        try (Stage stage = stage(aliceAndBob().person(HIDDEN))) {
            refused(stage.alice().findByPhone("+491700000003"), TelegramError.NotFound.class);
        }
    }

    @Test
    default void whoShowsThePhoneToContactsIsFoundByThem() {
        try (Stage stage = stage(aliceAndBob()
                .person("username: dora, phone: '+491700000003', privacy: {phone: Contacts}, contacts: [alice]"))) {
            assertThat(ok(stage.alice().findByPhone("+491700000003")).id()).isEqualTo(stage.id("dora"));
        }
    }

    @Test
    default void aTooLongLookUpFloodIsTold() {
        try (Stage stage = stage(aliceAndBob()
                .person("username: carla")
                .person("username: dora_d")
                .flood("on: contacts.resolveUsername, calls: 2, per: 1h, pause: 10m"))) {
            ok(stage.alice().findByUsername("bobby"));
            ok(stage.alice().findByUsername("carla"));
            TelegramError.Wait wait = refused(stage.alice().findByUsername("dora_d"), TelegramError.Wait.class);
            assertThat(wait.time()).isEqualTo(Duration.ofMinutes(10));
            assertThat(wait.scope()).isEqualTo(TelegramError.Wait.Scope.ACCOUNT);
        }
    }

    @Test
    default void anImportedNumberIsAContactAndFound() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramUser bob = ok(stage.alice().importContact(BOB, "Guest"));
            assertThat(bob.id()).isEqualTo(stage.id("bobby"));
            assertThat(stage.world().truth().isContact(stage.id("alice"), stage.id("bobby")))
                    .isTrue();
            assertThat(stage.world().truth().contacts())
                    .extracting(Contact::how)
                    .containsExactly(Contact.How.IMPORT_CONTACT);
        }
    }

    @Test
    default void importingANumberTwiceChangesNothing() {
        try (Stage stage = stage(aliceAndBob())) {
            ok(stage.alice().importContact(BOB, "Guest"));
            assertThat(ok(stage.alice().importContact(BOB, "Guest")).id()).isEqualTo(stage.id("bobby"));
        }
    }

    @Test
    default void aNumberThatNobodyHasIsNotImported() {
        try (Stage stage = stage(aliceAndBob())) {
            refused(stage.alice().importContact("+491709999999", "Guest"), TelegramError.NotFound.class);
        }
    }

    @Test
    default void aHiddenNumberIsNotImported() {
        try (Stage stage = stage(aliceAndBob().person(HIDDEN))) {
            refused(stage.alice().importContact("+491700000003", "Guest"), TelegramError.NotFound.class);
            assertThat(stage.world().truth().isContact(stage.id("alice"), stage.id("dora")))
                    .isFalse();
        }
    }

    @Test
    default void tooManyImportsMeanLater() {
        try (Stage stage = stage(aliceAndBob().person("username: dora, phone: '+491700000003', retryContacts: true"))) {
            TelegramError.Later later =
                    refused(stage.alice().importContact("+491700000003", "Guest"), TelegramError.Later.class);
            assertThat(later.time()).isPositive();
        }
    }

    @Test
    default void aDeletedContactIsNoneAnyMore() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramUser bob = ok(stage.alice().importContact(BOB, "Guest"));
            ok(stage.alice().deleteContact(bob.id()));
            assertThat(stage.world().truth().isContact(stage.id("alice"), stage.id("bobby")))
                    .isFalse();
        }
    }

    @Test
    default void deletingWhoIsNoContactIsNoError() {
        try (Stage stage = stage(aliceAndBob())) {
            ok(stage.alice().deleteContact(stage.met("bobby")));
        }
    }
}
