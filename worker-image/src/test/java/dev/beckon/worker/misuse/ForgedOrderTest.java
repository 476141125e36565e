package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.worker.BadInput;
import dev.beckon.worker.Ending;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.invite.InviteRun;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.workorder.Ceilings;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import dev.beckon.workorder.WorkOrders;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever writes the work order by hand, or starts workers by hand, gets no further than with YAML. */
class ForgedOrderTest extends Misuse {
    /** What was changed in an order that would be allowed. */
    static Stream<Arguments> forged() {
        return Stream.of(
                Arguments.of("\"invitesPerDay\":40", "\"invitesPerDay\":100000"),
                Arguments.of("\"messagesPerDay\":40", "\"messagesPerDay\":101"),
                Arguments.of("\"joinsPerDay\":5", "\"joinsPerDay\":1000"),
                Arguments.of("\"lookupsPerDay\":100", "\"lookupsPerDay\":5000"),
                Arguments.of("\"perChatPerDay\":100", "\"perChatPerDay\":201"),
                Arguments.of("\"minDelay\":\"PT1S\"", "\"minDelay\":\"PT0S\""),
                Arguments.of("\"minDelay\":\"PT1S\"", "\"minDelay\":\"PT-1S\""),
                Arguments.of("\"maxAttempts\":3", "\"maxAttempts\":1000"),
                Arguments.of("\"backoff\":\"PT10M\"", "\"backoff\":\"PT0S\""),
                Arguments.of("\"failureRatio\":0.5", "\"failureRatio\":2.0"),
                Arguments.of("\"minAttempts\":20", "\"minAttempts\":1000000"),
                Arguments.of("\"version\":1", "\"version\":2"),
                Arguments.of("\"version\":1", "\"version\":1,\"ignoreRules\":true"),
                Arguments.of("\"mode\":\"LinkOnly\"", "\"mode\":\"Everything\""),
                Arguments.of("\"kind\":\"Invite\"", "\"kind\":\"Login\""),
                Arguments.of("\"kind\":\"Invite\"", "\"kind\":\"Spam\""),
                Arguments.of("\"start\":\"08:00\"", "\"start\":\"00:00\""),
                Arguments.of("\"basis\":\"OptIn\"", "\"basis\":\"Whatever\""));
    }

    private static Ending invite(Workshop workshop) {
        return new InviteRun(workshop, workshop.files().order(InviteOrder.class), Hints.NONE).run();
    }

    private Pod mounted(String json) {
        return stage.pod().mount(Paths.WORK_ORDER, json);
    }

    private Orders allowed() {
        return links("bobby").delay(Ceilings.SHORTEST_PAUSE, Ceilings.SHORTEST_PAUSE);
    }

    @Test
    void theOrderAsTheOperatorWritesItIsCarriedOut() {
        mounted(WorkOrders.write(allowed().build())).run(ForgedOrderTest::invite);
        assertThat(calls("bobby")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("forged")
    void aChangedOrder(String part, String instead) {
        String order = WorkOrders.write(allowed().build());
        assertThat(order).contains(part);
        Pod pod = mounted(order.replace(part, instead));
        assertThatThrownBy(() -> pod.run(ForgedOrderTest::invite)).isInstanceOf(BadInput.class);
        assertThat(calls("bobby")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"kind\":\"Invite\"}", "kind: Invite"})
    void noOrderAtAll(String text) {
        Pod pod = mounted(text).withoutTelegram();
        assertThatThrownBy(() -> pod.run(ForgedOrderTest::invite))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("work order");
        assertThat(stage.world().truth().contacts()).isEmpty();
    }

    @Test
    void anAccountThatNeverLoggedIn() {
        Orders orders = Orders.of(UUID.randomUUID().toString()).people("bobby");
        assertThat(run(orders).exit()).isEqualTo(ExitCode.LOGIN_REQUIRED);
        assertThat(calls("bobby")).isZero();
    }

    @Test
    void aBotThatIsToInvite() {
        Orders orders = Orders.of(stage.login("helper_bot")).people("bobby");
        Ending ending = run(orders);
        assertThat(ending.result().reason()).isEqualTo("BotAccount");
        assertThat(calls("bobby")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@bobby", "@helper_bot", "@nobody_has_this", "https://t.me/+AAAAAAAAAAAAAAAA", "not a chat", ""})
    void aTargetThatIsNoChatOfTheTeam(String target) {
        Orders orders = links("carol").target(target).mode(Mode.InviteOrLink);
        try {
            assertThat(run(orders).result().ending()).isNotEqualTo(RunResult.Ending.COMPLETED);
        } catch (BadInput refused) {
            assertThat(refused).hasMessageContaining("spec.target");
        }
        assertThat(calls("carol")).isZero();
        assertThat(calls("bobby")).isZero();
    }

    @Test
    void aForeignChatIntoWhichTheAccountMayAddNobody() {
        Orders orders = links("bobby").target("@foreign_chat").mode(Mode.InviteOrLink);
        assertThat(run(orders).result().ending()).isEqualTo(RunResult.Ending.FAULT);
        assertThat(calls("bobby")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{phone}} {{link}}", "{{secret}}", " "})
    void aMessageThatAsksForMore(String text) {
        Orders orders = links("bobby").message(text);
        assertThatThrownBy(() -> run(orders)).isInstanceOf(BadInput.class);
        assertThat(calls("bobby")).isZero();
    }

    @Test
    void aMessageThatIsTooLong() {
        Orders orders = links("bobby").message("x".repeat(4_097));
        assertThatThrownBy(() -> run(orders)).isInstanceOf(BadInput.class);
        assertThat(calls("bobby")).isZero();
    }

    @Test
    void aDeadlineThatIsOver() {
        Orders orders = links("bobby").deadline(stage.world().clock().instant().minusSeconds(1));
        run(orders);
        assertThat(calls("bobby")).isZero();
    }
}
