package dev.beckon.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramError.CampaignFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRefusalsTest {
    @ParameterizedTest
    @ValueSource(strings = {"CHANNEL_INVALID", "INVITE_HASH_EXPIRED", "Chat not found", "Supergroup not found"})
    void aNameLinkOrIdBehindWhichNoChatIs(String raw) {
        assertThat(ChatRefusals.isMissing(new CampaignFault(raw))).isTrue();
    }

    @Test
    void aPersonIsNoChatEither() {
        assertThat(ChatRefusals.isMissing(CampaignFault.NOT_A_CHAT)).isTrue();
        assertThat(ChatRefusals.isMissing(new TelegramError.NotFound("USERNAME_NOT_OCCUPIED")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHAT_ADMIN_REQUIRED", "Have no write access to the chat", "CHANNEL_PRIVATE"})
    void aChatThatIsThereAndRefuses(String raw) {
        assertThat(ChatRefusals.isMissing(new CampaignFault(raw))).isFalse();
    }
}
