package dev.beckon.operator.autopost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostSchedule;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** When a schedule's ConfigMaps, which nobody watches, are looked at again. */
class AutopostActorTest {
    private static AutopostSchedule schedule(String namespace, String name) {
        AutopostSchedule schedule = new AutopostSchedule();
        schedule.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        return schedule;
    }

    @Property
    void aLookIsSpreadOverTheSecondHalfOfItsTime(
            @ForAll String namespace, @ForAll String name, @ForAll @LongRange(max = 100_000_000) long millis) {
        Duration atMost = Duration.ofMillis(millis);
        Duration spread = AutopostActor.spread(atMost, schedule(namespace, name));
        assertThat(spread).isBetween(Duration.ofMillis(millis - millis / 2), atMost);
        assertThat(spread).isEqualTo(AutopostActor.spread(atMost, schedule(namespace, name)));
    }

    /** All of them are looked at in the first passes of an operator, that is at about the same time. */
    @Test
    void fiveThousandSchedulesDoNotStayInStep() {
        Map<Long, Long> perSecond = IntStream.range(0, 5_000)
                .mapToObj(i -> AutopostActor.spread(Duration.ofMinutes(15), schedule("team", "news-" + i))
                        .toSeconds())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        // Were they spread evenly, it would be 11 in each of the 450 seconds.
        assertThat(perSecond.values()).allMatch(it -> it <= 40);
        assertThat(perSecond).hasSizeGreaterThan(440);
    }
}
