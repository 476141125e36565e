package dev.beckon.worker.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Contact;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.life.ContactRules.Reached;
import dev.beckon.workorder.InviteOrder.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge of second contacts sees them. */
class ContactRulesTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    private static Reached reached(int campaign, Mode mode, How how, Duration after) {
        return new Reached(new Contact(BEGIN.plus(after), 1, 2, how, 3, "ok", true), campaign, mode, false);
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }

    static Stream<Arguments> allowed() {
        return Stream.of(
                Arguments.of("nothing", List.of()),
                Arguments.of(
                        "an invite and a message of one campaign that does both",
                        List.of(
                                reached(0, Mode.InviteAndMessage, How.INVITE, days(0)),
                                reached(0, Mode.InviteAndMessage, How.MESSAGE, days(0)))),
                Arguments.of(
                        "two campaigns, a week apart",
                        List.of(
                                reached(0, Mode.LinkOnly, How.MESSAGE, days(0)),
                                reached(1, Mode.LinkOnly, How.MESSAGE, days(7)))),
                Arguments.of(
                        "an imported contact, which the person does not see",
                        List.of(
                                reached(0, Mode.InviteOrLink, How.IMPORT_CONTACT, days(0)),
                                reached(0, Mode.InviteOrLink, How.INVITE, days(0)))));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        "two invites",
                        List.of(
                                reached(0, Mode.InviteOrLink, How.INVITE, days(0)),
                                reached(0, Mode.InviteOrLink, How.INVITE, days(1)))),
                Arguments.of(
                        "an invite and an unwanted message",
                        List.of(
                                reached(0, Mode.InviteOrLink, How.INVITE, days(0)),
                                reached(0, Mode.InviteOrLink, How.MESSAGE, days(0)))),
                Arguments.of(
                        "an invite of one campaign and a message of another that does both",
                        List.of(
                                reached(0, Mode.InviteOrLink, How.INVITE, days(0)),
                                reached(1, Mode.InviteAndMessage, How.MESSAGE, days(1)))),
                Arguments.of(
                        "two messages of one campaign that does both",
                        List.of(
                                reached(0, Mode.InviteAndMessage, How.MESSAGE, days(0)),
                                reached(0, Mode.InviteAndMessage, How.INVITE, days(0)),
                                reached(0, Mode.InviteAndMessage, How.MESSAGE, days(2)))),
                Arguments.of(
                        "told in another order",
                        List.of(
                                reached(1, Mode.LinkOnly, How.MESSAGE, days(6)),
                                reached(0, Mode.LinkOnly, How.MESSAGE, days(0)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("allowed")
    void isAllowed(String what, List<Reached> contacts) {
        assertThat(ContactRules.wrong(contacts)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void isASecondContact(String what, List<Reached> contacts) {
        assertThat(ContactRules.wrong(contacts))
                .hasValueSatisfying(it -> assertThat(it).startsWith("contacted twice in seven days"));
    }

    private static Reached afterTheOptOut(How how, boolean delivered) {
        return new Reached(new Contact(BEGIN, 1, 2, how, 3, "late", delivered), 0, Mode.LinkOnly, true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterAnOptOutTheFirstIsOneTooManyAndSoIsATry(boolean delivered) {
        for (How how : List.of(How.INVITE, How.MESSAGE)) {
            assertThat(ContactRules.wrong(List.of(afterTheOptOut(how, delivered))))
                    .hasValueSatisfying(it -> assertThat(it).startsWith("contacted after having opted out"));
        }
    }

    @Test
    void whoOptedOutMayBeLookedUp() {
        assertThat(ContactRules.wrong(List.of(afterTheOptOut(How.IMPORT_CONTACT, true))))
                .isEmpty();
    }

    @Test
    void whatWasSentBeforeADeadlineMayComeSomewhatLater() {
        Contact contact = reached(0, Mode.LinkOnly, How.MESSAGE, days(1)).contact();

        assertThat(ContactRules.isPast(contact.at().minus(Duration.ofMinutes(2)), contact))
                .isFalse();
        assertThat(ContactRules.isPast(contact.at().minus(Duration.ofHours(1)), contact))
                .isTrue();
    }

    @Test
    void theFourthInNinetyDaysIsOneTooMany() {
        List<Reached> four = Stream.of(0, 8, 16, 24)
                .map(day -> reached(day, Mode.LinkOnly, How.MESSAGE, days(day)))
                .toList();

        assertThat(ContactRules.wrong(four.subList(0, 3))).isEmpty();
        assertThat(ContactRules.wrong(four))
                .hasValueSatisfying(it -> assertThat(it).startsWith("contacted four times in ninety days"));
    }
}
