package dev.beckon.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** A chat's name is what somebody typed; one that is a link to a private chat lets in whoever reads it. */
class ChatTargetFuzzTest {
    /** The inputs' invite links have it for their secret. */
    private static final String CANARY = "Zanzibar77";

    @FuzzTest
    void links(byte[] bytes) {
        ChatTarget target;
        try {
            target = ChatTarget.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).doesNotContain(CANARY);
            return;
        }
        String canonical = switch (target) {
            case ChatTarget.Username(String name) -> "@" + name;
            case ChatTarget.Invite(String link) -> link;
            case ChatTarget.Id(long id) -> Long.toString(id);
        };
        assertThat(ChatTarget.parse(canonical)).isEqualTo(target);
        if (target instanceof ChatTarget.Invite) {
            assertThat(target.toString()).doesNotContain(CANARY);
        }
    }
}
