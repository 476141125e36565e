package dev.beckon.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.PublishOrders;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A bot can't read what it wrote: it finds a post behind the last known one, or says that nobody can tell; none comes twice. */
class BotKillTest extends OnChannel {
    @ParameterizedTest(name = "{0} for the {1}. time")
    @MethodSource("dev.beckon.worker.publish.PublishKillTest#steps")
    void aBotNeverPostsTwiceAndSaysWhatItCanNotTell(KillPoint step, int nth) {
        open(WORLD);
        PublishOrders orders = orders(stage.login("helper_bot"));
        killed(orders, step, nth);
        publish(orders);
        assertThat(texts("News").size()).isLessThanOrEqualTo(1);
        assertThat(texts("Second").size()).isLessThanOrEqualTo(1);
        AutopostReport report = report(orders);
        boolean inFlight = List.of(KillPoint.AFTER_INTENT, KillPoint.IN_CALL, KillPoint.AFTER_CALL)
                .contains(step);
        assertThat(report.outcomeUnknown()).isEqualTo(inFlight ? 1 : 0);
        assertThat(report.published()).isEqualTo(inFlight ? 1 : 2);
        assertThat(report.unfinished()).isEmpty();
    }

    @Test
    void anAnswerThatABotDidNotHearOfItsFirstPostStaysUnknown() {
        open(WORLD + "faults: [{on: messages.sendMessage, kind: AnswerLost, times: 1}]\n");
        PublishOrders orders = orders(stage.login("helper_bot"));
        Ending ending = unheardOf(orders);
        assertThat(ending.result().message()).contains("of 1 nobody can tell, and none is sent again");
        assertThat(texts("News")).containsExactly("First");
        assertThat(report(orders).outcomeUnknown()).isEqualTo(1);
    }

    @Test
    void aBotFindsBehindItsLastPostTheOneOfWhichItDidNotHear() {
        open(WORLD + "faults: [{on: messages.sendMessage, kind: AnswerLost, after: 2, times: 1}]\n");
        PublishOrders orders = orders(stage.login("helper_bot"));
        publish(orders);
        written("News", "Somebody else's");
        unheardOf(orders.run("run-2"));
        assertThat(texts("News")).containsExactly("First", "Somebody else's", "Second");
        assertThat(report(orders).outcomeUnknown()).isZero();
        assertThat(report(orders).published()).isEqualTo(4);
    }

    @Test
    void aBotThatDoesNotFindItsPostNeverSendsItAgain() {
        open(WORLD + "faults: [{on: messages.sendMessage, kind: RequestLost, after: 2, times: 1}]\n");
        PublishOrders orders = orders(stage.login("helper_bot"));
        publish(orders);
        unheardOf(orders.run("run-2"));
        publish(orders.run("run-3"));
        assertThat(texts("News")).containsExactly("First");
        assertThat(texts("Second")).containsExactly("First", "Second");
        assertThat(report(orders).outcomeUnknown()).isEqualTo(1);
    }

    /** Behind it stand more posts of others than a bot asks for at once. */
    private PublishOrders flooded(String faults) {
        open(WORLD + faults);
        PublishOrders orders = orders(stage.login("helper_bot"));
        publish(orders);
        for (int i = 0; i < 120; i++) {
            written("News", "Somebody else's");
        }
        assertThat(publish(orders.run("run-2")).result().reason()).isEqualTo("FloodWait");
        stage.world().advanceClock(Duration.ofMinutes(16));
        publish(orders);
        assertThat(report(orders).outcomeUnknown()).isZero();
        assertThat(report(orders).published()).isEqualTo(4);
        return orders;
    }

    @Test
    void aBotsPostThatWasRefusedAndIsNotBehindItsLastOneIsSentWhenItMay() {
        flooded("faults: [{on: messages.sendMessage, kind: Error, text: FLOOD_WAIT_900, after: 2, times: 1}]\n");
        assertThat(texts("News")).hasSize(122).endsWith("Second");
    }

    @Test
    void aBotFindsThePostWhoseSecondSendingWasRefused() {
        flooded("""
                faults:
                  - {on: messages.sendMessage, kind: DoneThenConnectionDropped, after: 2}
                  - {on: messages.sendMessage, kind: Error, text: FLOOD_WAIT_900, after: 3}
                """);
        assertThat(texts("News")).hasSize(122).endsWith("Second");
    }

    @Test
    void theFirstPostOfABotThatWasRefusedStaysUnknown() {
        open(WORLD + "faults: [{on: messages.sendMessage, kind: Error, text: FLOOD_WAIT_900, times: 1}]\n");
        PublishOrders orders = orders(stage.login("helper_bot"));
        publish(orders);
        stage.world().advanceClock(Duration.ofMinutes(16));
        publish(orders);
        assertThat(texts("News")).isEmpty();
        assertThat(report(orders).outcomeUnknown()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = KillPoint.class,
            names = {"AFTER_CALL", "BEFORE_SETTLEMENT", "AFTER_SETTLEMENT"})
    void aKilledBotFindsItsPostBehindItsLastOne(KillPoint step) {
        open(WORLD);
        PublishOrders orders = orders(stage.login("helper_bot"));
        publish(orders);
        orders.run("run-2");
        killed(orders, KillPoint.AFTER_CALL, 1);
        if (step != KillPoint.AFTER_CALL) {
            killed(orders, step, 1);
        }
        publish(orders);
        assertThat(texts("News")).containsExactly("First", "Second");
        assertThat(texts("Second")).containsExactly("First", "Second");
        assertThat(report(orders).outcomeUnknown()).isZero();
    }
}
