package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.chaos.Hook.Event;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Human;
import dev.beckon.demo.chaos.Scenario.Line;
import dev.beckon.ledger.webhook.Receipt.Fate;
import dev.beckon.workorder.InviteOrder.Mode;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HooksDrawTest {
    private final KindsDraw.Drawn drawn =
            KindsDraw.all(new SplittableRandom(2), Scenarios.draw(new SplittableRandom(1), 8, 6));
    private final KindsDraw.Drawn called = HooksDraw.with(new SplittableRandom(3), drawn, 8);

    @Test
    void allElseOfASeedStaysWhatItWas() {
        assertThat(called.scenario().campaigns())
                .startsWith(drawn.scenario().campaigns().toArray(Campaign[]::new))
                .endsWith(called.kinds().hooks().stream().map(Hook::campaign).toArray(Campaign[]::new));
        assertThat(called.scenario().people())
                .startsWith(drawn.scenario().people().toArray(Human[]::new))
                .doesNotHaveDuplicates();
        assertThat(called.kinds().with(List.of())).isEqualTo(drawn.kinds());
    }

    @Test
    void eachModeHasAWebhook() {
        assertThat(called.kinds().hooks())
                .extracting(hook -> hook.campaign().mode())
                .containsExactlyInAnyOrder(Mode.values());
    }

    @Test
    void everybodyComesSomeAgainAndOneHasOptedOut() {
        assertThat(called.kinds().hooks()).allSatisfy(hook -> {
            assertThat(hook.events().stream().map(Event::human).distinct())
                    .containsExactlyElementsOf(
                            hook.campaign().audience().stream().map(Line::human).toList());
            assertThat(hook.events().stream().map(Event::fate))
                    .hasSize(12)
                    .containsOnlyOnce(Fate.Suppressed)
                    .contains(Fate.Duplicate);
            assertThat(hook.events().stream().map(Event::id).distinct().count())
                    .isLessThan(hook.events().size())
                    .isGreaterThan(8);
        });
    }
}
