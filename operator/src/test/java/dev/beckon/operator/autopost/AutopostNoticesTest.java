package dev.beckon.operator.autopost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.AutopostScheduleStatus.LastPost;
import dev.beckon.crd.AutopostScheduleStatus.State;
import dev.beckon.operator.event.Notice;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutopostNoticesTest {
    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");

    private final List<Notice> told = new ArrayList<>();
    private AutopostScheduleStatus status = status(State.Scheduled, "", 0, 1);

    @Test
    void aPostThatIsSeenBeforeItsRunIsOverIsToldOnce() {
        then(status(State.Running, "PublishStarted", 0, 1));
        then(status(State.Running, "PublishStarted", 30, 2));
        then(status(State.Scheduled, "Published", 30, 2));

        assertThat(published()).containsExactly("A post was published: https://t.me/ours/2.");
    }

    @Test
    void oneThatIsSeenWithItsEndIsToldAsTheAnswerToTheAnnotation() {
        then(status(State.Running, "PublishStarted", 0, 1));
        then(status(State.Scheduled, "Published", 30, 2));

        assertThat(published()).containsExactly("beckon.dev/publish-now=go: Published");
    }

    @Test
    void twoPostsWithinOneSecondAreToldEach() {
        then(status(State.Scheduled, "", 30, 2));
        then(status(State.Scheduled, "", 30, 3));

        assertThat(published())
                .containsExactly(
                        "A post was published: https://t.me/ours/2.", "A post was published: https://t.me/ours/3.");
    }

    private void then(AutopostScheduleStatus now) {
        told.addAll(AutopostNotices.between(status, now));
        status = now;
    }

    private List<String> published() {
        return told.stream()
                .filter(it -> it.reason().equals("Published"))
                .map(Notice::message)
                .toList();
    }

    /** @param action the reason of LastAction; empty for none */
    private static AutopostScheduleStatus status(State state, String action, int second, int message) {
        Condition condition = new ConditionBuilder()
                .withType("LastAction")
                .withStatus("True")
                .withReason(action)
                .withMessage("beckon.dev/publish-now=go: " + action)
                .build();
        return AutopostScheduleStatus.builder()
                .state(state)
                .startTime(AT)
                .lastPublishTime(AT.plusSeconds(second))
                .lastPost(new LastPost("Hello", "https://t.me/ours/" + message))
                .conditions(action.isEmpty() ? List.of() : List.of(condition))
                .build();
    }
}
