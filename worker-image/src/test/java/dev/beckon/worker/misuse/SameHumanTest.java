package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
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
                "+491700000010,bobby,");
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
