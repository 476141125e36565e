package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.demo.chaos.WholeFault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private final List<String> happened = new CopyOnWriteArrayList<>();
    private final Outages outages = new Outages();

    private void begin(Kind server, Duration away) throws InterruptedException {
        outages.begin(server, away, () -> happened.add("kill " + server), () -> happened.add("start " + server));
    }

    @Test
    void serversAreAwayTogetherAndAllAreBackAtTheEnd() throws InterruptedException {
        begin(Kind.DATABASE, SHORT);
        begin(Kind.REDIS, SHORT);
        outages.end();

        assertThat(happened.subList(0, 2)).containsExactly("kill DATABASE", "kill REDIS");
        assertThat(happened.subList(2, 4)).containsExactlyInAnyOrder("start DATABASE", "start REDIS");
    }

    @Test
    void aServerThatIsAwayComesBackBeforeItIsKilledAgain() throws InterruptedException {
        begin(Kind.DATABASE, SHORT);
        begin(Kind.DATABASE, SHORT);
        outages.end();

        assertThat(happened).containsExactly("kill DATABASE", "start DATABASE", "kill DATABASE", "start DATABASE");
    }

    @Test
    void nothingIsStartedOnceTheRunIsBeingStopped() throws InterruptedException {
        begin(Kind.DATABASE, Duration.ofMinutes(1));
        outages.close();

        assertThatThrownBy(outages::end).isInstanceOf(IllegalStateException.class);
        assertThat(happened).containsExactly("kill DATABASE");
    }

    @Test
    void aServerThatDoesNotComeBackEndsTheRun() throws InterruptedException {
        outages.begin(Kind.REDIS, SHORT, () -> {}, () -> {
            throw new IllegalStateException("port taken");
        });

        assertThatThrownBy(outages::end)
                .hasMessageContaining("Redis does not come back")
                .hasRootCauseMessage("port taken");
    }
}
