package dev.beckon.crd;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What the team declares about one of its accounts. */
@JsonClassDescription("How the account logs in and how much it may do.")
@JsonIgnoreProperties(ignoreUnknown = true)
public record TelegramAccountSpec(
        @Required
        @JsonPropertyDescription(
                "The Telegram application this account logs in with, as registered by you at my.telegram.org.")
        ApiCredentials apiCredentials,

        @Default("{}") @JsonPropertyDescription("How the account logs in.")
        Login login,

        @Default("{}")
        @JsonPropertyDescription(
                "What the account may do in any 24 hours, over all campaigns together. Telegram publishes no safe numbers;"
                        + " the defaults are low on purpose, and the schema's maximum is the most this product does.")
        Limits limits,

        @JsonPropertyDescription(
                "The one fixed way out of this account, such as a corporate proxy. There is no list and no rotation."
                        + " Without it, the worker connects directly.")
        Proxy proxy,

        @Default("false")
        @JsonPropertyDescription("Stops all work of this account at its next safe point. Its session is kept.")
        boolean suspend,

        @Default("false")
        @JsonPropertyDescription(
                "Whether deleting this account ends its session at Telegram, so that the device disappears from the account's"
                        + " list. Deletion waits for it ten minutes at most. Otherwise the session is kept encrypted, and a"
                        + " TelegramAccount that is made later under the same name goes on with it, without a login.")
        boolean logOutOnDelete) {

    public TelegramAccountSpec {
        login = requireNonNullElse(login, new Login(null, null));
        limits = requireNonNullElse(limits, new Limits(null, null, null, null));
    }

    /** Where api id and hash are. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ApiCredentials(
            @Required @JsonPropertyDescription("A Secret with the keys api-id and api-hash.")
            SecretRef secretRef) {}

    /** How an account proves who it is. */
    public enum Method {
        /** A person scans a QR code with a phone that is logged in. */
        QrCode,
        /** Telegram sends a code to the phone number. */
        PhoneCode,
        /** A bot's token. A bot can neither invite nor write first, so it serves no campaign. */
        BotToken
    }

    @ValidationRule(
            value = "self.method == 'QrCode' || has(self.secretRef)",
            message =
                    "login.secretRef is missing: PhoneCode reads the keys phone, code and password of that Secret, BotToken reads bot-token")
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Login(
            @Default("QrCode")
            @JsonPropertyDescription(
                    "QrCode: scan the link in status.login with a phone that is logged in. PhoneCode: Telegram sends a code;"
                            + " write it into the Secret. BotToken: a bot, which can neither invite nor write first and so"
                            + " serves no campaign.")
            Method method,

            @JsonPropertyDescription(
                    "A Secret with the keys the method needs: phone (international, with +), then code when Telegram has sent"
                            + " it, and password if two-step verification is on; or bot-token. QrCode needs it only for the"
                            + " password.")
            SecretRef secretRef) {

        public Login {
            method = requireNonNullElse(method, Method.QrCode);
        }
    }

    /** Ceilings for any 24 hours, rolling, counted by the account's Telegram user id. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Limits(
            @Min(1) @Max(100) @Default("40") @JsonPropertyDescription("People added to chats in any 24 hours.")
            Integer invitesPerDay,

            @Min(1) @Max(100) @Default("40") @JsonPropertyDescription("Personal messages sent in any 24 hours.")
            Integer messagesPerDay,

            @Min(1) @Max(20) @Default("5") @JsonPropertyDescription("Chats the account itself joins in any 24 hours.")
            Integer joinsPerDay,

            @Min(1)
            @Max(200)
            @Default("100")
            @JsonPropertyDescription(
                    "People looked up by name or phone in any 24 hours. Telegram slows an account down at about 200.")
            Integer lookupsPerDay) {

        public Limits {
            invitesPerDay = requireNonNullElse(invitesPerDay, 40);
            messagesPerDay = requireNonNullElse(messagesPerDay, 40);
            joinsPerDay = requireNonNullElse(joinsPerDay, 5);
            lookupsPerDay = requireNonNullElse(lookupsPerDay, 100);
        }
    }

    /** Kinds of proxy. */
    public enum ProxyType {
        Socks5
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Proxy(
            @Default("Socks5") @JsonPropertyDescription("Kind of proxy.")
            ProxyType type,

            @Required
            @Size(max = 253)
            @ValidationRule(
                    value = "self.matches('^([a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?|[0-9a-fA-F:]+)$')",
                    message =
                            "proxy.host is a host name or an IP address alone: the port has its own field, and socks5:// is left out")
            @JsonPropertyDescription("Host name or IP address.")
            String host,

            @Required @Min(1) @Max(65535) @JsonPropertyDescription("Port.")
            int port,

            @JsonPropertyDescription("A Secret with the keys username and password, if the proxy asks for them.")
            SecretRef secretRef) {

        public Proxy {
            type = requireNonNullElse(type, ProxyType.Socks5);
        }
    }
}
