package dev.beckon.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.operator.worker.WorkerRun.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpentOrdersTest {
    private static final WorkerRun FIRST = run("spring-alice-1", "order-1", Phase.SUCCEEDED);
    private static final WorkerRun SECOND = run("spring-alice-2", "order-2", Phase.FAILED);
    private static final WorkerRun THIRD = run("spring-alice-3", "order-3", Phase.ACTIVE);

    @Test
    void anOrderGoesInThePassThatFirstSeesItsRunEnded() {
        assertThat(spent(List.of(FIRST, SECOND, THIRD), List.of("spring-alice-2"), false))
                .containsExactly("order-2");
    }

    @Test
    void anOrderOfARunAtWorkStays() {
        assertThat(spent(List.of(THIRD), List.of("spring-alice-3"), true)).isEmpty();
    }

    @Test
    void anOrderThatTheNextRunUsesTooStays() {
        WorkerRun again = run("alice-login-2", "login-order", Phase.ACTIVE);
        WorkerRun ended = run("alice-login-1", "login-order", Phase.FAILED);

        assertThat(spent(List.of(ended, again), List.of("alice-login-1"), false))
                .isEmpty();
    }

    @Test
    void atTheEndAllGoThatACrashMayHaveLeft() {
        assertThat(spent(List.of(FIRST, SECOND), List.of(), true)).containsExactlyInAnyOrder("order-1", "order-2");
    }

    @Test
    void theOrderOfAJobThatSomebodyDeletedGoesToo() {
        List<WorkerRun> spent =
                SpentOrders.of(List.of(), List.of("spring-alice-3"), name -> Optional.of(THIRD), List.of(), false);

        assertThat(spent).containsExactly(THIRD);
    }

    @Test
    void anEarlierOrderOfAScheduleGoesWhenNoRunMountsItOrWaitsWithIt() {
        WorkerRun waiting = run("news-2", "order-4", Phase.SUSPENDED);

        assertThat(SpentOrders.of(List.of("order-1", "order-3", "order-4"), List.of(FIRST, THIRD, waiting)))
                .containsExactly("order-1");
    }

    private static List<String> spent(List<WorkerRun> runs, List<String> shown, boolean all) {
        return SpentOrders.of(runs, shown, name -> Optional.empty(), List.of(), all).stream()
                .map(WorkerRun::workOrder)
                .toList();
    }

    private static WorkerRun run(String name, String order, Phase phase) {
        return new WorkerRun(
                "team",
                name,
                "uid-" + name,
                "invite",
                "alice",
                "account-uid",
                Optional.of(new Owner(Owner.Kind.CAMPAIGN, "team", "spring", "campaign-uid")),
                1,
                "content",
                0,
                order,
                phase,
                Instant.parse("2026-11-23T12:00:00Z"),
                Optional.empty(),
                "",
                Optional.empty());
    }
}
