package dev.beckon.simulator.contract;

import static dev.beckon.simulator.contract.CrowdContract.elsewhere;
import static dev.beckon.simulator.contract.Stage.ok;
import static dev.beckon.simulator.contract.Stage.refused;
import static dev.beckon.simulator.contract.WorldText.aliceAndBob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.telegram.Answer;
import dev.beckon.telegram.AuthorPage;
import dev.beckon.telegram.TelegramError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A chat's history as a source of people: who wrote, how far back, and where that tells nobody. */
public interface AuthorContract extends Contract {
    Instant ALL = Instant.EPOCH;

    private static List<AuthorPage.Written> history(Stage stage, long chat, Instant since) {
        List<AuthorPage.Written> written = new ArrayList<>();
        long before = 0;
        while (true) {
            AuthorPage page = ok(stage.alice().authors(chat, before, since));
            written.addAll(page.written());
            if (page.next().isEmpty()) {
                return written;
            }
            before = page.next().getAsLong();
        }
    }

    private static WorldText talk() {
        return aliceAndBob()
                .person("username: carla")
                .chat("title: Meetup, username: meetup, owner: alice,"
                        + " members: [bobby, carla], messages: ["
                        + "{from: bobby, text: a, at: 2026-03-01T10:00:00Z}, {from: carla, text: b, at: 2026-03-02T10:00:00Z},"
                        + " {from: bobby, text: c, at: 2026-03-03T10:00:00Z}]");
    }

    @Test
    default void whoWroteIsToldNewestFirst() {
        try (Stage stage = stage(talk())) {
            assertThat(history(stage, stage.found("meetup"), ALL))
                    .extracting(written -> written.author().user().id())
                    .containsExactly(stage.id("bobby"), stage.id("carla"), stage.id("bobby"));
        }
    }

    @Test
    default void theHistoryEndsAtTheGivenTime() {
        try (Stage stage = stage(talk())) {
            assertThat(history(stage, stage.found("meetup"), Instant.parse("2026-03-02T10:00:00Z")))
                    .extracting(AuthorPage.Written::at)
                    .containsExactly(Instant.parse("2026-03-03T10:00:00Z"), Instant.parse("2026-03-02T10:00:00Z"));
        }
    }

    @Test
    default void aLongHistoryComesPageByPageEachMessageOnce() {
        StringBuilder messages = new StringBuilder();
        for (int i = 1; i <= 230; i++) {
            messages.append(i == 1 ? "" : ", ")
                    .append("{from: ")
                    .append(i % 2 == 0 ? "bobby" : "alice")
                    .append(", text: t}");
        }
        try (Stage stage = stage(aliceAndBob()
                .chat("title: Meetup, username: meetup, owner: alice, members: [bobby], messages: [" + messages
                        + "]"))) {
            assertThat(history(stage, stage.found("meetup"), ALL))
                    .hasSize(230)
                    .extracting(AuthorPage.Written::messageId)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    default void theHistoryOfAHiddenListStillTellsWhoWrote() {
        try (Stage stage =
                stage(elsewhere("members: [alice, bobby], hiddenMembers: true, messages: [{from: bobby, text: a}]"))) {
            assertThat(history(stage, stage.found("meetup"), ALL))
                    .extracting(written -> written.author().user().id())
                    .containsExactly(stage.id("bobby"));
        }
    }

    @Test
    default void aChannelsPostsHaveNoAuthors() {
        try (Stage stage = stage(elsewhere("kind: Channel, messages: [{from: owner1, text: a}]"))) {
            long chat = stage.found("meetup");
            AuthorPage page = ok(stage.alice().authors(chat, 0, ALL));
            assertThat(page.messages()).isPositive();
            assertThat(history(stage, chat, ALL)).isEmpty();
        }
    }

    @Test
    default void aFloodOfTheHistoryIsAWait() {
        try (Stage stage =
                stage(elsewhere("members: [alice, bobby], messages: [{from: bobby, text: a}, {from: bobby, text: b}]")
                        .fault("on: messages.getHistory, kind: Error, text: FLOOD_WAIT_300, times: 20"))) {
            long chat = stage.found("meetup");
            // The newest message may be at hand; what is older is not.
            Answer<AuthorPage> answer = stage.alice().authors(chat, 0, ALL);
            while (answer instanceof Answer.Ok<AuthorPage>(AuthorPage page)) {
                answer = stage.alice().authors(chat, page.next().orElseThrow(), ALL);
            }
            assertThat(refused(answer, TelegramError.Wait.class).time()).isEqualTo(Duration.ofMinutes(5));
        }
    }
}
