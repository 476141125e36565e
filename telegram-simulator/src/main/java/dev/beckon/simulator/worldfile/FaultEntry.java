package dev.beckon.simulator.worldfile;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.beckon.simulator.world.Fault;
import java.time.Duration;
import java.util.Optional;

/** A scripted fault. */
@JsonClassDescription("faults[]")
record FaultEntry(
        @JsonPropertyDescription("Telegram's name of the method, such as `channels.inviteToChannel`; needed.")
        Optional<String> on,

        @JsonPropertyDescription("What goes wrong; needed. See the table of kinds.")
        Optional<Fault.Kind> kind,

        @JsonPropertyDescription("Only calls of this account.")
        Optional<String> account,

        @JsonPropertyDescription("Only calls about this person.")
        Optional<String> person,

        @JsonPropertyDescription("Only calls about this chat: `@name`, id or title.")
        Optional<String> chat,

        @JsonPropertyDescription("Only posts whose text is formatted.")
        Optional<Boolean> formatted,

        @JsonPropertyDescription("Of `Error`: the code. Default: 420 for a wait, else 400.")
        Optional<Integer> code,

        @JsonPropertyDescription("Of `Error`: Telegram's text, such as `PEER_FLOOD`; needed there.")
        Optional<String> text,

        @JsonPropertyDescription("Of `Late`, `AddedThenLeft` and `DeletedForBothSides`: how much later, in world time. "
                + "Default: at once; of `Late`: `10s`.")
        Optional<Duration> delay,

        @JsonPropertyDescription("How often it fires. Default: 1.")
        Optional<Integer> times,

        @JsonPropertyDescription("How many matching calls pass before. Default: 0.")
        Optional<Integer> after) {}
