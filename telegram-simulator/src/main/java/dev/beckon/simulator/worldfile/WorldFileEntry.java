package dev.beckon.simulator.worldfile;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The whole file. */
@JsonClassDescription("The file")
record WorldFileEntry(
        @JsonPropertyDescription("The world's time. Default: real time.")
        Optional<ClockEntry> clock,

        @JsonPropertyDescription("The login code that every phone gets. Default: `12345`.")
        Optional<String> loginCode,

        @JsonPropertyDescription("The people, the team's own accounts and the bots.")
        Optional<List<PersonEntry>> people,

        @JsonPropertyDescription("Groups and channels.") Optional<List<ChatEntry>> chats,

        @JsonPropertyDescription("Flood budgets.") Optional<List<FloodEntry>> floods,

        @JsonPropertyDescription("What goes wrong, and how often.")
        Optional<List<FaultEntry>> faults) {

    /** The world's time. */
    @JsonClassDescription("clock")
    record ClockEntry(
            @JsonPropertyDescription("When the world begins, such as `2026-10-05T09:00:00Z`. Default: now.")
            Optional<Instant> start,

            @JsonPropertyDescription("How fast it runs against real time: 60 makes a minute of each second, 0 lets it "
                    + "stand still. Default: 1.")
            Optional<Double> speed) {}
}
