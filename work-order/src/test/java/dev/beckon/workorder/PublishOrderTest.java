package dev.beckon.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.workorder.PublishOrder.Content;
import dev.beckon.workorder.PublishOrder.Post;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The order to publish keeps everything, and prints neither posts nor a private link. */
class PublishOrderTest {
    private static final String PRIVATE_LINK = "https://t.me/+s3cretHash";

    private static PublishOrder order(List<String> targets, Content content) {
        return new PublishOrder(
                WorkOrder.VERSION,
                new AccountRef("team", "poster", "uid-poster", new AccountRef.Limits(40, 40, 5, 100), Optional.empty()),
                new PublishOrder.ScheduleRef("team", "morning", "uid-morning", 4),
                targets,
                content,
                PublishOrder.Order.Random,
                PublishOrder.WhenExhausted.Repeat,
                Optional.of("uid-morning-now-1"),
                Optional.of(Duration.ofHours(1)),
                Duration.ofMinutes(5),
                Optional.empty());
    }

    private static final Content INLINE = new Content.Inline(List.of(
            new Post(Optional.of("monday"), "**Hello**", Optional.of("sun.png")),
            new Post(Optional.empty(), "Secret plan", Optional.empty())));

    @Test
    void bothKindsOfContentReadAsTheyWereWritten() {
        for (Content content : List.of(INLINE, new Content.Folder(""))) {
            PublishOrder order = order(List.of("@ours", PRIVATE_LINK), content);
            assertThat(WorkOrders.readOrder(WorkOrders.write(order))).isEqualTo(order);
            assertThat(WorkOrders.write(order)).contains("\"kind\":\"Publish\"");
        }
    }

    @Test
    void neitherPostsNorTargetsArePrinted() {
        assertThat(order(List.of(PRIVATE_LINK), INLINE) + " " + INLINE)
                .contains("morning", "poster", "monday")
                .doesNotContain("s3cretHash", "Hello", "Secret plan");
    }

    @Test
    void moreTargetsThanTheCeilingAreRefused() {
        String forged = WorkOrders.write(order(Collections.nCopies(Ceilings.POST_TARGETS + 1, "@ours"), INLINE));
        assertThatThrownBy(() -> WorkOrders.readOrder(forged))
                .hasMessageContaining("targets is 21, but it is at most 20");
    }
}
