package dev.beckon.telegram.tdlight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import it.tdlight.jni.TdApi;
import org.junit.jupiter.api.Test;

class TypedApiTest {
    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) new JsonMapper().readTree(text);
    }

    @Test
    void aRequestAndTheObjectsInItBecomeObjectsOfTheirTypes() throws Exception {
        TdApi.Function<?> request = TypedApi.function(json("""
                {"@type": "setOption", "name": "online", "value": {"@type": "optionValueBoolean", "value": true}}
                """));

        assertThat(request).isInstanceOfSatisfying(TdApi.SetOption.class, option -> {
            assertThat(option.name).isEqualTo("online");
            assertThat(option.value)
                    .isInstanceOfSatisfying(
                            TdApi.OptionValueBoolean.class,
                            value -> assertThat(value.value).isTrue());
        });
    }

    @Test
    void numbersTextsAndListsKeepTheirValues() throws Exception {
        TdApi.Function<?> request = TypedApi.function(json("""
                {"@type": "addChatMembers", "chat_id": -1001234567890, "user_ids": [1, 9007199254740993]}
                """));

        assertThat(request).isInstanceOfSatisfying(TdApi.AddChatMembers.class, add -> {
            assertThat(add.chatId).isEqualTo(-1001234567890L);
            assertThat(add.userIds).containsExactly(1, 9007199254740993L);
        });
    }

    @Test
    void anAnswerNamesTheTypesOfAllItsObjects() throws Exception {
        TdApi.UpdateOption update = new TdApi.UpdateOption("my_id", new TdApi.OptionValueInteger(7));

        // As text: read from text, 7 is a number of another type.
        assertThat(TypedApi.json(update)).hasToString(json("""
                {"@type": "updateOption", "name": "my_id", "value": {"@type": "optionValueInteger", "value": 7}}
                """).toString());
    }

    @Test
    void aFieldThatThisVersionDoesNotKnowIsLeftOut() throws Exception {
        assertThat(TypedApi.function(json("{\"@type\": \"close\", \"from_a_later_version\": 1}")))
                .isInstanceOf(TdApi.Close.class);
    }

    @Test
    void aRequestThatThisVersionDoesNotKnowIsNamedWithoutItsContent() throws Exception {
        ObjectNode request = json("{\"@type\": \"invitePerson\", \"phone\": \"+491700000001\"}");

        assertThatThrownBy(() -> TypedApi.function(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("invitePerson")
                .hasMessageNotContaining("+49")
                .hasNoCause();
    }
}
