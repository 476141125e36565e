package dev.beckon.simulator.worldfile;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A flood budget. */
@JsonClassDescription("floods[]")
record FloodEntry(
        @JsonPropertyDescription("Telegram's name of the method, such as `channels.inviteToChannel`; needed.")
        Optional<String> on,

        @JsonPropertyDescription("Whom it binds. Default: every account.")
        Optional<List<String>> accounts,

        @JsonPropertyDescription("How many calls are free; needed.")
        Optional<Integer> calls,

        @JsonPropertyDescription("Within which time. Default: `24h`.")
        Optional<Duration> per,

        @JsonPropertyDescription(
                "How long the account must wait then: `FLOOD_WAIT_n`; of `contacts.importContacts` the "
                        + "answer is `retry_contacts`. Needed.")
        Optional<Duration> pause) {}
