package dev.beckon.worker.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.parser.Dataset.Counts;
import org.junit.jupiter.api.Test;

/** How much was found of how much is told, and no more is claimed. */
class StoryTest {
    @Test
    void aWholeListIsTold() {
        assertThat(Story.sentence(1, new Counts(3, 3, 3, 1, 1, 0, 0)))
                .isEqualTo("1 person; Telegram listed 3 of the chat's 3 members."
                        + " Left out: 1 bot, 1 deleted, 0 by filters or the limit, 0 met before.");
    }

    @Test
    void aListThatTelegramEndedIsToldAsSuch() {
        assertThat(Story.sentence(9_000, new Counts(10_000, 10_000, 52_310, 900, 100, 0, 0)))
                .contains("listed 10000 of the chat's 52310 members and ends every list there");
    }

    @Test
    void aHistoryIsToldByItsMessages() {
        assertThat(Story.sentence(2, new Counts(40, 0, 10, 0, 0, 0, 38))).startsWith("2 people; 40 messages read.");
    }
}
