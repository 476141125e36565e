package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.invite.ImportedContacts.ImportedContact;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.simulator.world.Method;
import dev.beckon.telegram.Answer;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who was in the account's address book before stays there as they were, and nobody else does. */
class AddressBookTest extends OnStage {
    private static final String FRIEND = "+491700000010";
    private static final String STRANGER = "+491700000011";
    private static final String NOBODY = "+491700000019";
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001", contacts: [friend]}
              - {username: friend, phone: "+491700000010"}
              - {username: stranger, phone: "+491700000011"}
              - {username: bobby}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            """;

    private boolean isContact(String username) {
        long owner = stage.person("alice").id();
        return stage.world().truth().isContact(owner, stage.person(username).id());
    }

    private long imports(String username) {
        return stage.tried(stage.person(username), How.IMPORT_CONTACT);
    }

    /** What the ledger takes for a contact that may stand in the address book. */
    private List<ImportedContact> leftBehind() {
        stage.leasesRunOut();
        LeaseResult held = stage.ledger().leases().acquire(alice, "test", Priority.Invite, Duration.ofMinutes(1));
        Lease lease = ((LeaseResult.Acquired) held).lease();
        List<ImportedContact> left = stage.ledger().importedContacts().leftBehind(lease);
        stage.ledger().leases().release(lease);
        return left;
    }

    /** A later run of the account that has nothing to do with those of before. */
    private void nextStart() {
        assertThat(completed(Orders.of(alice).people("bobby")).done()).isEqualTo(1);
    }

    @Test
    void whoIsAContactAlreadyIsUsedAsFoundAndStaysOne() {
        open(WORLD);
        assertThat(completed(Orders.of(alice).people(FRIEND)).invited()).isEqualTo(1);
        assertThat(isContact("friend")).isTrue();
        assertThat(imports("friend")).as("an import gives them the list's name").isZero();
        assertThat(stage.tried(stage.person("friend"), How.DELETE_CONTACT)).isZero();
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void whoIsAContactWithoutANumberStaysOne() {
        open(WORLD);
        Orders orders = Orders.of(alice).people(FRIEND);
        stage.pod()
                .wiretapped(Wiretap.answering("contact", Answer.ok(Optional.empty())))
                .run(Stage.inviting(orders.build()));
        assertThat(counts(orders).invited()).isEqualTo(1);
        assertThat(imports("friend")).isEqualTo(1);
        assertThat(isContact("friend")).isTrue();
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void whoIsImportedIsTakenOutAndForgotten() {
        open(WORLD);
        assertThat(completed(Orders.of(alice).people(STRANGER)).invited()).isEqualTo(1);
        assertThat(imports("stranger")).isEqualTo(1);
        assertThat(isContact("stranger")).isFalse();
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void aNumberThatFindsNobodyIsForgotten() {
        open(WORLD);
        assertThat(completed(Orders.of(alice).people(NOBODY)).failed()).isEqualTo(1);
        assertThat(leftBehind()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DoneThenServerError, times: 6", "DoneThenSessionRevoked", "AnswerLost"})
    void whoMayHaveBeenImportedThoughTelegramRefusedIsTakenOutByTheNextStart(String fault) {
        open(WORLD + "faults: [{on: contacts.importContacts, kind: " + fault + "}]\n");
        Orders orders = Orders.of(alice).hibernateAfter(Duration.ofSeconds(10)).people(STRANGER);
        assertThat(stage.invite(orders.build()).result().ending()).isNotEqualTo(RunResult.Ending.COMPLETED);
        assertThat(isContact("stranger")).isTrue();

        stage.world().advanceClock(Duration.ofHours(1));
        if (account(alice).state() != AccountState.Ready) {
            stage.login(alice, stage.person("alice"));
        }
        nextStart();

        assertThat(isContact("stranger")).isFalse();
        assertThat(imports("stranger")).as("nobody is imported to be taken out").isEqualTo(1);
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void whoWasNotImportedIsForgottenOnceNothingCanBeOnItsWay() {
        open(WORLD + "faults: [{on: contacts.importContacts, kind: RequestLost}]\n");
        stage.invite(Orders.of(alice).people(STRANGER).build());
        assertThat(leftBehind()).hasSize(1);
        nextStart();
        assertThat(leftBehind()).as("the request may come yet").hasSize(1);
        stage.world().advanceClock(OpenIntents.BYTES_MAY_ARRIVE);
        nextStart();
        assertThat(leftBehind()).isEmpty();
        assertThat(imports("stranger")).isEqualTo(1);
    }

    @Test
    void whoADeadWorkerImportedIsTakenOutWithoutALookUp() {
        open(WORLD);
        Orders orders = Orders.of(alice).people(STRANGER);
        assertThatThrownBy(
                        () -> stage.pod().killedAt(KillPoint.AFTER_CONTACT, 1).run(Stage.inviting(orders.build())))
                .isInstanceOf(Pod.Killed.class);
        assertThat(isContact("stranger")).isTrue();
        assertThat(leftBehind()).hasSize(1);
        nextStart();
        assertThat(isContact("stranger")).isFalse();
        assertThat(imports("stranger")).isEqualTo(1);
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void theContactsAreReadOnceASession() {
        open(WORLD);
        completed(Orders.of(alice).people(FRIEND, STRANGER, NOBODY));
        assertThat(stage.world().truth().calls(Instant.EPOCH))
                .filteredOn(call -> call.method() == Method.GET_CONTACTS)
                .hasSize(1);
    }
}
