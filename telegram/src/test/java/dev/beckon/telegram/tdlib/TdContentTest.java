package dev.beckon.telegram.tdlib;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TdContentTest {
    @Test
    void aTextThatIsOneEmojiSaysTheEmoji() {
        var message = Td.parse("{\"content\": {\"@type\": \"messageAnimatedEmoji\", \"emoji\": \"🎉\"}}");
        assertThat(TdContent.text(message)).contains("🎉");
        assertThat(TdContent.textOrCaption(message)).contains("🎉");
        assertThat(TdContent.isPicture(message)).isFalse();
    }

    @Test
    void belowAPictureStandsACaptionWhichIsNoText() {
        var message = Td.parse("{\"content\": {\"@type\": \"messagePhoto\", \"caption\": {\"text\": \"Sun\"}}}");
        assertThat(TdContent.text(message)).isEmpty();
        assertThat(TdContent.textOrCaption(message)).contains("Sun");
    }

    @Test
    void whatElseThereIsSaysNothing() {
        var message = Td.parse("{\"content\": {\"@type\": \"messageSticker\"}}");
        assertThat(TdContent.textOrCaption(message)).isEmpty();
    }
}
