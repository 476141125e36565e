package dev.beckon.simulator.truth;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.Content;
import dev.beckon.simulator.world.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the truth door tells, line by line; the names are its format, documented in docs/world-file.md. */
final class Lines {
    private Lines() {}

    /** A person; {@code id} is Telegram's. */
    record Who(long id, Optional<String> phone, Optional<String> username) {
        @Override
        public String toString() {
            return "Who[" + id + "]";
        }
    }

    /** Someone of ours reached out to a person. */
    record ContactLine(
            Instant at,
            String account,
            long accountUserId,
            Who person,
            String how,
            Optional<Long> chatId,
            Optional<String> chat,
            String result,
            boolean delivered) {}

    /** An account called a method, whatever the answer. */
    record CallLine(Instant at, String method, String account, long accountUserId) {}

    /** Two processes used one auth key. */
    record OverlapLine(
            Instant at, String authKeyId, String account, long accountUserId, String process, String otherProcess) {}

    record MemberLine(Who person, Chat.Standing standing, Instant since, Optional<Long> inviterId) {}

    record LogLine(Instant at, String what, long byId, Who person) {}

    /** A picture is told by its digest. */
    record PostLine(
            Instant at,
            long chatId,
            String chat,
            int messageId,
            long fromId,
            String text,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Content.Look> looks,
            Optional<Content.Picture> picture) {
        @Override
        public String toString() {
            return "PostLine[" + chatId + ", " + messageId + "]";
        }
    }

    record MessageLine(Instant at, long fromId, long toId, boolean delivered, String text) {
        @Override
        public String toString() {
            return "MessageLine[" + fromId + ", " + toId + "]";
        }
    }

    record SessionLine(String authKeyId, Optional<Long> accountUserId, Optional<String> ended, int connections) {}

    /** An auth key itself, in hexadecimal digits. */
    record AuthKeyLine(String authKeyId, String key) {
        @Override
        public String toString() {
            return "AuthKeyLine[" + authKeyId + "]";
        }
    }

    /** A scripted fault, and how often it happened. */
    record FaultLine(String on, Fault.Kind kind, Optional<Who> person, Optional<String> chat, int fired) {}

    record HealthLine(boolean ok, Instant now) {}
}
