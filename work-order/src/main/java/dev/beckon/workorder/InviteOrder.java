package dev.beckon.workorder;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Bring the people of a campaign into a chat with one account.
 *
 * @param accountUids every account of the campaign, in the order in which people are assigned to them
 * @param target as the user wrote it: {@code @name}, link or id
 * @param message template with {@code {{first_name}}}, {@code {{chat}}}, {@code {{channel}}}, {@code {{link}}}
 * @param deadline no new person after it
 * @param retention how long the ledger keeps the people after the last thing that happened in the campaign
 * @param slice how long to work before yielding to campaigns that wait for the same account; absent when none waits
 */
public record InviteOrder(
        int version,
        AccountRef account,
        CampaignRef campaign,
        List<String> accountUids,
        String target,
        Audience audience,
        Consent consent,
        Mode mode,
        Optional<String> message,
        Pacing pacing,
        Retry retry,
        Breaker breaker,
        Optional<Instant> deadline,
        Duration slice,
        Duration retention)
        implements WorkOrder {

    /** Which campaign; {@code uid} is its identity in the ledger, {@code run} counts its workers' Jobs. */
    public record CampaignRef(String namespace, String name, String uid, long generation, int run) {}

    /** Where the people come from. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "source")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Audience.Inline.class, name = "Inline"),
        @JsonSubTypes.Type(value = Audience.File.class, name = "File"),
        @JsonSubTypes.Type(value = Audience.Parsed.class, name = "Parsed"),
        @JsonSubTypes.Type(value = Audience.Url.class, name = "Url"),
        @JsonSubTypes.Type(value = Audience.Webhook.class, name = "Webhook")
    })
    public sealed interface Audience {
        /** Written into the campaign itself. */
        record Inline(List<Person> people) implements Audience {}

        /** A CSV or TXT file mounted into the pod. */
        record File(String path) implements Audience {}

        /** The newest complete dataset of a parser; only where the parser's account administered the chat it read. */
        record Parsed(String parserUid) implements Audience {}

        /**
         * A CSV or TXT file behind {@code https} or {@code http}. A header for it may be mounted at
         * {@link Paths#AUDIENCE_HEADER}. Printed without the address, which may carry a token.
         *
         * @param allowPrivateAddresses whether the address may be one of the cluster's or of a private network
         */
        record Url(String url, boolean allowPrivateAddresses) implements Audience {
            @Override
            public String toString() {
                return "Url[allowPrivateAddresses=" + allowPrivateAddresses + "]";
            }
        }

        /**
         * People come one by one, by webhook, straight into the ledger: there is nothing to read, and nobody left is no end.
         *
         * @param idleEnd how long the worker listens for the next one before it gives account and pod back
         */
        record Webhook(Duration idleEnd) implements Audience {}
    }

    /** One inline person: a phone (E.164), a username or a Telegram user id. Printed without it. */
    public record Person(
            Optional<String> phone, Optional<String> username, Optional<Long> userId, Optional<String> firstName) {
        @Override
        public String toString() {
            return "Person[]";
        }
    }

    /** The campaign's basis for contacting its audience; a file's own columns win over it. */
    public record Consent(Optional<String> basis, Optional<String> evidence) {}

    /** How a person is brought in. */
    public enum Mode {
        InviteOrLink,
        LinkOnly,
        InviteAndMessage
    }

    /** @param hibernateAfter a wait longer than this gives the pod back */
    public record Pacing(
            Duration minDelay, Duration maxDelay, Window window, int perChatPerDay, Duration hibernateAfter) {}

    /**
     * When people may be contacted. {@code start} and {@code end} are local times {@code HH:mm} within 08:00–22:00.
     *
     * @param days {@code Mon}…{@code Sun}
     */
    public record Window(String start, String end, String timeZone, List<String> days) {}

    public record Retry(int maxAttempts, Duration backoff) {}

    /** Pauses the campaign when the share of failures over the last {@code minAttempts} reaches the ratio. */
    public record Breaker(double failureRatio, int minAttempts) {}

    /** Without message text, people and target: a target may be a private invite link. */
    @Override
    public String toString() {
        return "InviteOrder[" + campaign.namespace() + "/" + campaign.name() + ", run=" + campaign.run() + ", account="
                + account.name() + "]";
    }
}
