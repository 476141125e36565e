package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.InviteOrder.Mode;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One human under many names is one human: within a campaign, in a later one, and for another chat. */
class SameHumanTest extends Misuse {
    /** Ways to write bobby once more: phone, username, user id. */
    static Stream<String> names() {
        return Stream.of(
                ",bobby,",
                ",BOBBY,",
                ",@Bobby,",
                "+491700000010,,",
                "+49 (170) 000-0010,,",
                "\"+49\u00a0170\u00a00000010\",,",
                "+491700000010,bobby,",
                "+491700000010,nobody_x,");
    }

    /** Beside each name a user id that is not bobby's: another human's, or one that only the team's own books know. */
    static Stream<String> namesWithAnothersId() {
        return Stream.of("+491700000010,,17", ",bobby,17", "+491700000010,bobby,17", "+491700000010,nobody_x,17");
    }

    @ParameterizedTest
    @MethodSource("names")
    void twiceInOneAudience(String again) {
        Orders orders = links();
        runFile(orders, ",bobby,", again);
        refused(orders, "bobby", 1, "Duplicate", "AlreadyContacted", "BadLine");
        assertThat(words(orders)).containsOnlyOnce("LinkSent");
    }

    @ParameterizedTest
    @MethodSource("names")
    void inALaterCampaignForTheChat(String again) {
        contacted(links("bobby"), "bobby");
        pass(NEXT_WEEK);
        Orders later = links();
        runFile(later, again);
        refused(later, "bobby", 1, "AlreadyContacted", "BadLine");
    }

    @ParameterizedTest
    @MethodSource("names")
    void forAnotherChatWithinAWeek(String again) {
        contacted(links("bobby"), "bobby");
        Orders other = links().target("@second_meetup");
        Ending ending = runFile(other, again);
        waits(ending, other, "bobby", 1, "FrequencyCap");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0049 170 000 0010,,", "01700000010,,", "491700000010,,", "bobby@example.org,,", ",b,"})
    void byWhatIsNoNameOfAnybody(String line) {
        contacted(links("bobby"), "bobby");
        pass(NEXT_WEEK);
        Orders later = links();
        runFile(later, line, ",dora,");
        refused(later, "bobby", 1, "BadLine");
    }

    @ParameterizedTest
    @MethodSource("namesWithAnothersId")
    void withAnothersId(String line) {
        Orders first = links();
        runFile(first, line);
        refused(first, "bobby", 0, "IdentityMismatch");
        contacted(links("bobby"), "bobby");
        Orders other = links().target("@second_meetup").mode(Mode.InviteOrLink);
        runFile(other, line);
        assertThat(calls("bobby")).isEqualTo(1);
    }

    @Test
    void aNameThatChangedHandsIsNotWhoeverHasItNow() {
        Orders orders = links();
        long bobby = stage.person("bobby").id();
        runFile(orders, ",dora," + bobby);
        refused(orders, "dora", 0, "IdentityMismatch");
        Orders byPhone = links();
        runFile(byPhone, "+491700000010,dora," + bobby);
        assertThat(words(byPhone)).containsExactly("LinkSent");
        assertThat(calls("dora")).isZero();
        assertThat(calls("bobby")).isEqualTo(1);
    }

    @Test
    void whoeverWasFoundInsteadStaysInNoAddressBook() {
        Orders orders = links();
        runFile(orders, "+491700000010,,17");
        stage.leasesRunOut();
        LeaseResult held = stage.ledger().leases().acquire(alice, "test", Priority.Invite, Duration.ofMinutes(1));
        assertThat(stage.ledger().importedContacts().leftBehind(((LeaseResult.Acquired) held).lease()))
                .isEmpty();
    }

    @Test
    void aRowThatMixesTwoHumansIsForOneOfThem() {
        contacted(links("bobby"), "bobby");
        Orders mixed = links().target("@second_meetup");
        runFile(mixed, "+491700000010,dora,");
        assertThat(calls("bobby")).isEqualTo(1);
        assertThat(calls("dora")).isLessThanOrEqualTo(1);
    }

    @Test
    void whoIsKnownByTheirIdOnlyIsNotFound() {
        contacted(links("bobby"), "bobby");
        pass(NEXT_WEEK);
        Orders later = links(Long.toString(stage.person("bobby").id()));
        run(later);
        refused(later, "bobby", 1, "AlreadyContacted", "NotFound");
    }

    @Test
    void aHumanWithTwoNumbersInOneFileIsAskedOnceByEither() {
        Orders orders = links();
        runFile(orders, "+491700000010,,", ",bobby,", "+491700000010,,", ",BOBBY,");
        refused(orders, "bobby", 1, "Duplicate", "AlreadyContacted");
        assertThat(words(orders)).containsOnlyOnce("LinkSent");
    }
}
