package dev.beckon.simulator.contract;

import static dev.beckon.simulator.contract.Stage.ok;
import static dev.beckon.simulator.contract.Stage.refused;
import static dev.beckon.simulator.contract.WorldText.aliceAndBob;
import static dev.beckon.simulator.contract.WorldText.meetup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Contact;
import dev.beckon.simulator.world.Method;
import dev.beckon.telegram.ContactImport;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramUser;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Finding people, and contacts. */
public interface PeopleContract extends Contract {
    String BOB = "+491700000002";
    String HIDDEN = "username: dora, phone: '+491700000003', privacy: {phone: Nobody}";

    private static WorldText bobIsAContact() {
        return new WorldText()
                .person("username: alice, name: Alice, phone: '+491700000001', contacts: [bobby]")
                .person("username: bobby, name: Bob, phone: '" + BOB + "'");
    }

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
            TelegramUser bob = ok(stage.alice().importContact(BOB, "Guest")).user();
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
            ContactImport again = ok(stage.alice().importContact(BOB, "Guest"));
            assertThat(again.user().id()).isEqualTo(stage.id("bobby"));
            assertThat(again.before()).isTrue();
        }
    }

    @Test
    default void whoIsAContactAlreadyIsKnownByTheirNumberWithoutALookUp() {
        try (Stage stage = stage(bobIsAContact())) {
            assertThat(ok(stage.alice().contact(BOB))).hasValueSatisfying(bob -> {
                assertThat(bob.id()).isEqualTo(stage.id("bobby"));
                assertThat(bob.phone()).contains(BOB);
            });
            long asked = stage.callsOf(Method.GET_CONTACTS);
            assertThat(asked).isEqualTo(1);
            assertThat(ok(stage.alice().contact(BOB))).isPresent();
            assertThat(ok(stage.alice().contact("+491709999999"))).isEmpty();
            assertThat(stage.callsOf(Method.GET_CONTACTS)).isEqualTo(asked);
            assertThat(stage.callsOf(Method.RESOLVE_PHONE) + stage.callsOf(Method.IMPORT_CONTACTS))
                    .isZero();
        }
    }

    @Test
    default void aStrangerIsNoContactAlsoWhenFoundByPhone() {
        try (Stage stage = stage(aliceAndBob())) {
            ok(stage.alice().findByPhone(BOB));
            assertThat(ok(stage.alice().contact(BOB))).isEmpty();
        }
    }

    @Test
    default void anImportedNumberIsKnownUntilItsContactIsDeleted() {
        try (Stage stage = stage(aliceAndBob())) {
            assertThat(ok(stage.alice().contact(BOB))).isEmpty();
            TelegramUser bob = ok(stage.alice().importContact(BOB, "Guest")).user();
            assertThat(ok(stage.alice().contact(BOB))).isPresent();
            ok(stage.alice().deleteContact(bob.id()));
            assertThat(ok(stage.alice().contact(BOB))).isEmpty();
        }
    }

    @Test
    default void anImportTellsWhoWasAContactBefore() {
        try (Stage stage = stage(bobIsAContact().person("username: dora, phone: '+491700000003'"))) {
            assertThat(ok(stage.alice().importContact(BOB, "Guest")).before()).isTrue();
            assertThat(ok(stage.alice().importContact("+491700000003", "Guest")).before())
                    .isFalse();
        }
    }

    /** The second sending finds whom the first one brought. */
    @Test
    default void whoIsImportedByACallThatIsSentTwiceWasNoContactBefore() {
        try (Stage stage = stage(aliceAndBob().fault("on: contacts.importContacts, kind: DoneThenConnectionDropped"))) {
            assertThat(ok(stage.alice().importContact(BOB, "Guest")).before()).isFalse();
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
            TelegramUser bob = ok(stage.alice().importContact(BOB, "Guest")).user();
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
