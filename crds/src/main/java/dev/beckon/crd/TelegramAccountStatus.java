package dev.beckon.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;

/** What the operator knows about an account. */
@JsonClassDescription("What the operator knows about the account. It writes here; nobody else does.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TelegramAccountStatus(
        @JsonPropertyDescription(
                "The conditions in one word. LoginRequired, WaitingForQrScan, WaitingForCode and WaitingForPassword ask a person"
                        + " to act; CoolingDown waits as long as Telegram said; Limited waits for a person to acknowledge.")
        State state,

        @JsonPropertyDescription("The metadata.generation this status was computed from.")
        Long observedGeneration,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Ready says whether campaigns can use the account; Reconciling and Stalled follow kstatus.")
        List<Condition> conditions,

        @JsonPropertyDescription("The login under way, if one is.")
        Login login,

        @JsonPropertyDescription(
                "The last login that was refused. The same is not tried again until the login Secret, the application's Secret or"
                        + " spec changes.")
        RefusedLogin refusedLogin,

        @JsonPropertyDescription("Who the account is on Telegram.")
        User user,

        @JsonPropertyDescription(
                "What the account tried in the last 24 hours, over all campaigns. A try counts against spec.limits whatever"
                        + " comes of it, a refusal too.")
        Usage usage,

        @JsonPropertyDescription(
                "Until then Telegram wants no request of this account (FLOOD_WAIT). It binds all campaigns.")
        Instant coolDownUntil,

        @JsonPropertyDescription("Which pod uses the session now.")
        Lease lease,

        @JsonPropertyDescription("Set while the account waits for a person to acknowledge that Telegram limited it.")
        TrippedBreaker breaker,

        @JsonPropertyDescription("The most recent error.") LastError lastError,

        @JsonPropertyDescription("The ledger's sequence number this status was computed from.")
        Long ledgerSequence) {

    public TelegramAccountStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    public enum State {
        /** No session yet, or a login is about to start. */
        LoginRequired,
        WaitingForQrScan,
        WaitingForCode,
        WaitingForPassword,
        Ready,
        /** Telegram said FLOOD_WAIT. */
        CoolingDown,
        /** Telegram said PEER_FLOOD or froze the account: a person must acknowledge. */
        Limited,
        /** Telegram deleted or banned the account. */
        Banned,
        /** The session was ended from elsewhere. */
        LoggedOut,
        /** {@code spec.suspend} is set. */
        Suspended
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Login(
            @Size(max = 1024)
            @JsonPropertyDescription(
                    "Open or scan this link with a phone that is logged in to the account. It lives for about 30 seconds and"
                            + " is renewed; whoever scans it gives us access, and gains none.")
            String qrLink,

            @JsonPropertyDescription("When the link stops working.")
            Instant expiresAt,

            @Size(max = 253) @JsonPropertyDescription("The Job that logs in.")
            String job) {}

    /** What was refused, so that it is not tried again though its Job is gone. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record RefusedLogin(
            @Size(max = 64)
            @JsonPropertyDescription(
                    "Digest of what was tried: order, versions of the Secrets and what workers are made of. It tells nothing of them.")
            String digest,

            @Size(max = 128)
            @JsonPropertyDescription(
                    "Why: LoginRefused, PhoneNotRegistered, LoginTimedOut, or what the worker could not read.")
            String reason,

            @Size(max = 4096) @JsonPropertyDescription("Telegram's word, and what to mend.")
            String message,

            @JsonPropertyDescription("When it was refused.") Instant time) {}

    /** The team's own account; printed without name or phone. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record User(
            @JsonPropertyDescription("Telegram's id of the account. Limits are counted by it.")
            Long id,

            @Size(max = 64) @JsonPropertyDescription("Username, without @.")
            String username,

            @Size(max = 256) @JsonPropertyDescription("First and last name.")
            String displayName,

            @Size(max = 32) @JsonPropertyDescription("Phone number, masked but for its beginning and end.")
            String phone,

            @JsonPropertyDescription("Whether it is a bot, which serves no campaign.")
            Boolean bot) {

        @Override
        public String toString() {
            return "User[id=" + id + "]";
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Usage(
            @JsonPropertyDescription("Tries to add a person to a chat.")
            int invites,

            @JsonPropertyDescription("Tries to send a personal message.")
            int messages,

            @JsonPropertyDescription("Tries to join a chat.")
            int joins,

            @JsonPropertyDescription("Tries to look a person up.")
            int lookups) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Lease(
            @Size(max = 253) @JsonPropertyDescription("Name of the pod.")
            String holder,

            @JsonPropertyDescription("Since when.") Instant since) {}

    public static TelegramAccountStatusBuilder builder() {
        return new TelegramAccountStatusBuilder();
    }
}
