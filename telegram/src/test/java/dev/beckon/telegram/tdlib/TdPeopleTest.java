package dev.beckon.telegram.tdlib;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.telegram.TelegramUser;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TdPeopleTest {
    @Test
    void everyNameThatLeadsToThemIsTold() throws IOException {
        TelegramUser user = user("""
                {"id": 900, "first_name": "Bob", "phone_number": "491700000010", "type": {"@type": "userTypeRegular"},
                 "usernames": {"active_usernames": ["bobby", "bob"], "disabled_usernames": ["robert"]}}""");
        assertThat(user.usernames()).containsExactly("bobby", "bob");
        assertThat(user.username()).contains("bobby");
        assertThat(user.phone()).contains("+491700000010");
    }

    @Test
    void whoHasNoNameHasNone() throws IOException {
        TelegramUser user = user("{\"id\": 900, \"type\": {\"@type\": \"userTypeDeleted\"}}");
        assertThat(user.usernames()).isEmpty();
        assertThat(user.username()).isEmpty();
        assertThat(user.deleted()).isTrue();
    }

    @Test
    void whoseNumberIsKnownIsNotThereforeAContact() throws IOException {
        assertThat(TdPeople.asContact(json("{\"id\": 900, \"phone_number\": \"491700000010\", \"is_contact\": true}")))
                .isPresent();
        assertThat(TdPeople.asContact(json("{\"id\": 900, \"phone_number\": \"491700000010\", \"is_contact\": false}")))
                .isEmpty();
    }

    private static TelegramUser user(String json) throws IOException {
        return TdPeople.user(json(json));
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
