package dev.beckon.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.content.Publications.Failure;
import dev.beckon.ledger.content.Publications.Tally;
import dev.beckon.ledger.content.PublishOutcome;
import dev.beckon.ledger.content.TargetKeys;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishStoryTest {
    private static final String LINK = "https://t.me/+AbCdEfGhIjKl";

    private static List<Failure> refusedBy(String... targets) {
        return Arrays.stream(targets)
                .map(it -> new Failure(
                        TargetKeys.of(it), new PublishOutcome.Failed("ChatWriteForbidden", "CHAT_WRITE_FORBIDDEN")))
                .toList();
    }

    private static String message(Tally tally, List<Failure> failures, String... targets) {
        return PublishStory.ended("one", tally, failures, List.of(targets))
                .result()
                .message();
    }

    @Test
    void whoRefusedThePostIsNamed() {
        assertThat(message(new Tally(1, 0, 2, 0, 0), refusedBy("@a", "@c"), "@a", "@b", "@c"))
                .isEqualTo("The post one is in 1 of 3 targets. 2 failed (@a and @c): CHAT_WRITE_FORBIDDEN.");
        assertThat(message(new Tally(0, 0, 1, 0, 0), refusedBy("@a"), "@a"))
                .isEqualTo("The post one is in none of its targets (@a) and stays the next one: CHAT_WRITE_FORBIDDEN.");
    }

    @Test
    void aPrivateLinkIsNotShown() {
        assertThat(message(new Tally(1, 0, 1, 0, 0), refusedBy(LINK), "@a", LINK))
                .contains("1 failed (invite link spec.targets[1]): ")
                .doesNotContain("AbCd");
    }

    @Test
    void oneThatIsNoTargetAnyMoreIsCountedOnly() {
        assertThat(message(new Tally(1, 0, 2, 0, 0), refusedBy("@gone", "@a"), "@a", "@b"))
                .contains("2 failed (@a and 1 more): ");
        assertThat(message(new Tally(1, 0, 1, 0, 0), refusedBy("@gone"), "@a")).contains("1 failed: ");
    }
}
