package dev.beckon.ledger.parser;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.beckon.ledger.people.Identities;
import java.util.Optional;

/**
 * A person as a chat showed them: a row of a dataset and, in this order and with these names, a line of its NDJSON export.
 * Printed without them.
 *
 * @param phone E.164 with the plus; null unless the account could see it, as username and last name are when there are none
 * @param lastSeen {@code Recently}, {@code LastWeek}, {@code LastMonth}, {@code Unknown}, {@code Online} or an ISO 8601 time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"user_id", "username", "phone", "first_name", "last_name", "bot", "deleted", "premium", "last_seen"
})
public record ParsedPerson(
        @JsonProperty("user_id") long userId,
        @JsonProperty("username") String username,
        @JsonProperty("phone") String phone,
        @JsonProperty("first_name") String firstName,
        @JsonProperty("last_name") String lastName,
        @JsonProperty("bot") boolean bot,
        @JsonProperty("deleted") boolean deleted,
        @JsonProperty("premium") boolean premium,
        @JsonProperty("last_seen") String lastSeen) {

    /** By what the person is known. */
    public Identities identities() {
        return new Identities(Optional.ofNullable(phone), Optional.ofNullable(username), Optional.of(userId));
    }

    @Override
    public String toString() {
        return "ParsedPerson[bot=" + bot + ", deleted=" + deleted + "]";
    }
}
