package dev.beckon.telegram;

import dev.beckon.telegram.TelegramError.Wait.Scope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maps what Telegram, or TDLib in its place, says to what it means for a campaign.
 *
 * <p>By the text and not by the code: TDLib passes Telegram's texts on verbatim but may change codes (a failed send turns
 * 403 into 400). The few texts that mean different things of different calls are told apart by their {@link Subject}.
 *
 * @see <a href="https://core.telegram.org/api/errors">Telegram's errors</a>
 */
public final class TelegramErrors {

    /** The text that stands for a person whom Telegram did not add although the call succeeded. */
    public static final String MISSING_INVITEE = "failedToAddMembers";

    /** What the call was about. */
    public enum Subject {
        /** The session itself: logging in or out. */
        LOGIN,
        /** A chat: finding, joining, reading, linking. */
        CHAT,
        /** A person: finding, writing to. */
        PERSON,
        /** A phone number that is imported. */
        IMPORT,
        /** A person in a chat: adding. */
        MEMBER;

        boolean isPerson() {
            return this == PERSON || this == IMPORT || this == MEMBER;
        }
    }

    private static final Pattern WAIT =
            Pattern.compile("(?:FLOOD_WAIT_|FLOOD_PREMIUM_WAIT_|SLOWMODE_WAIT_|TAKEOUT_INIT_DELAY_|2FA_CONFIRM_WAIT_"
                    + "|(?i:retry after ))(\\d{1,18})");
    /** What a wait without a time is taken for; Telegram always tells one, proxies in between may not. */
    private static final Duration UNTOLD_WAIT = Duration.ofMinutes(1);

    private static final Duration LONGEST_WAIT = Duration.ofDays(365);
    /** TDLib's text for {@code retry_contacts}: the numbers were not imported, and the account may go on. */
    private static final String RETRY_CONTACTS = "Too Many Requests: retry after 3600";

    private static final Pattern TOKEN = Pattern.compile("[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+");
    private static final Map<String, Function<String, TelegramError>> BY_TEXT = new LinkedHashMap<>();
    private static final Map<String, Function<String, TelegramError>> BY_BEGINNING = new LinkedHashMap<>();

    static {
        texts(
                TelegramError.Limited::new,
                "PEER_FLOOD FROZEN_METHOD_INVALID FROZEN_PARTICIPANT_MISSING USER_RESTRICTED");
        texts(
                TelegramError.PrivacyRestricted::new,
                MISSING_INVITEE + " USER_PRIVACY_RESTRICTED PRIVACY_PREMIUM_REQUIRED");
        beginnings(TelegramError.PrivacyRestricted::new, "ALLOW_PAYMENT_REQUIRED");
        texts(TelegramError.LeftBefore::new, "USER_NOT_MUTUAL_CONTACT");
        texts(TelegramError.PersonRefused::new, "USER_KICKED USER_BLOCKED USER_IS_BLOCKED YOU_BLOCKED_USER");
        beginnings(TelegramError.PersonRefused::new, "User was kicked from the chat");
        texts(
                TelegramError.Unreachable::new,
                "USER_CHANNELS_TOO_MUCH INPUT_USER_DEACTIVATED USER_BOT USER_IS_BOT BOT_GROUPS_BLOCKED");
        beginnings(
                TelegramError.Unreachable::new,
                "Bots can't be invited",
                "User is deactivated",
                "The bot can't join groups",
                "Bot can't join groups",
                "Bot is deleted");
        texts(
                TelegramError.NotFound::new,
                "PHONE_NOT_OCCUPIED USER_ID_INVALID USER_INVALID CONTACT_ID_INVALID CONTACT_MISSING");
        beginnings(
                TelegramError.NotFound::new,
                "User not found",
                "Bot not found",
                "Member not found",
                "Have no access to the user",
                "Invalid user identifier",
                "Invalid user_id");
        texts(TelegramError.AlreadyMember::new, "USER_ALREADY_PARTICIPANT");
        beginnings(TelegramError.AlreadyMember::new, "User is already a participant", "Already a participant");
        texts(
                TelegramError.CampaignFault::new,
                "CHAT_ADMIN_REQUIRED CHAT_WRITE_FORBIDDEN CHAT_FORBIDDEN CHAT_RESTRICTED CHAT_SEND_PLAIN_FORBIDDEN"
                        + " CHAT_SEND_PHOTOS_FORBIDDEN CHAT_SEND_MEDIA_FORBIDDEN MEDIA_CAPTION_TOO_LONG"
                        + " USERS_TOO_MUCH CHANNELS_TOO_MUCH BOTS_TOO_MUCH CHANNEL_PRIVATE CHANNEL_INVALID CHAT_INVALID"
                        + " CHAT_ID_INVALID INVITE_HASH_EMPTY INVITE_HASH_INVALID INVITE_HASH_EXPIRED"
                        + " INVITE_REQUEST_SENT EXPIRE_DATE_INVALID USAGE_LIMIT_INVALID MESSAGE_EMPTY MESSAGE_TOO_LONG"
                        + " BOT_METHOD_INVALID");
        beginnings(
                TelegramError.CampaignFault::new,
                "Not enough rights",
                "Need administrator rights",
                "Have no write access",
                "Have no rights",
                "Have no access to the chat",
                "Can't access the chat",
                "Can't invite members",
                "Can't return to kicked from chat",
                "Bots can't add new chat members",
                "Chat not found",
                "Chat info not found",
                "Chat is deactivated",
                "Chat is not accessible",
                "Chat is not a supergroup",
                "Channel chat not found",
                "Supergroup not found",
                "Basic group not found",
                "Invalid chat identifier",
                "Participant list is hidden",
                "Member list is inaccessible",
                "The method is not available to bots",
                "Wrong invite link",
                "Message must be non-empty",
                "Message is too long",
                "Message caption is too long");
        texts(
                TelegramError.FormattingRefused::new,
                "ENTITY_BOUNDS_INVALID ENTITIES_TOO_LONG ENTITY_MENTION_USER_INVALID ENTITY_TEXTURL_INVALID");
        beginnings(
                TelegramError.FormattingRefused::new,
                "Can't parse entities",
                "Can't parse message text",
                "Entity ",
                "Wrong entity");
        texts(
                TelegramError.LoginRefused::new,
                "PHONE_CODE_INVALID PHONE_CODE_EXPIRED PHONE_CODE_EMPTY PHONE_NUMBER_UNOCCUPIED PHONE_NUMBER_FLOOD"
                        + " PHONE_PASSWORD_FLOOD PHONE_PASSWORD_PROTECTED PASSWORD_HASH_INVALID PASSWORD_EMPTY"
                        + " ACCESS_TOKEN_INVALID ACCESS_TOKEN_EXPIRED API_ID_INVALID API_ID_PUBLISHED_FLOOD"
                        + " AUTH_TOKEN_EXPIRED AUTH_TOKEN_INVALID SIGN_IN_FAILED UPDATE_APP_TO_LOGIN");
        beginnings(
                TelegramError.LoginRefused::new,
                "Call to ",
                "Valid api_id",
                "Valid api_hash",
                "Phone number must be",
                "Code must be non-empty",
                "Application update is needed");
        texts(
                TelegramError.SessionLost::new,
                "AUTH_KEY_UNREGISTERED AUTH_KEY_INVALID AUTH_KEY_DUPLICATED AUTH_KEY_PERM_EMPTY SESSION_REVOKED"
                        + " SESSION_EXPIRED");
        beginnings(
                TelegramError.SessionLost::new, "Unauthorized", "Already logg", "Need to log in first", "Logging out");
        texts(TelegramError.Banned::new, "USER_DEACTIVATED_BAN PHONE_NUMBER_BANNED");
        // Of a message: it was sent before, as when a lost connection made TDLib send it once more.
        texts(TelegramError.Unanswered::new, "RANDOM_ID_DUPLICATE");
        beginnings(TelegramError.Unanswered::new, "Request aborted", "Timeout", "Bad Gateway", "Connection closed");
    }

    private TelegramErrors() {}

    /**
     * What a refusal means. Never fails: a text without a row is {@link TelegramError.Unknown}, and a 5xx or negative code
     * without one is {@link TelegramError.Unanswered}, because the server may have acted before it failed.
     *
     * @param code as the engine gave it; counts only where the text decides nothing, and to tell by 401 that the session is
     *     meant
     */
    public static TelegramError map(int code, String message, Subject subject) {
        String text = message.strip();
        return wait(code, text, subject)
                .or(() -> bySubject(code, text, subject))
                .or(() -> byText(text))
                .orElseGet(() ->
                        code >= 500 || code < 0 ? new TelegramError.Unanswered(text) : new TelegramError.Unknown(text));
    }

    private static Optional<TelegramError> wait(int code, String text, Subject subject) {
        if (subject == Subject.IMPORT && text.equals(RETRY_CONTACTS)) {
            return Optional.of(new TelegramError.Later(text, Duration.ofHours(1)));
        }
        Matcher wait = WAIT.matcher(text);
        if (wait.find()) {
            Duration told = Duration.ofSeconds(Long.parseLong(wait.group(1)));
            Duration time = told.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : told;
            Scope scope = text.contains("SLOWMODE_WAIT_") ? Scope.CHAT : Scope.ACCOUNT;
            return Optional.of(new TelegramError.Wait(text, time, scope));
        }
        boolean untold = code == 429 || text.toLowerCase(Locale.ROOT).startsWith("too many requests");
        return untold ? Optional.of(new TelegramError.Wait(text, UNTOLD_WAIT, Scope.ACCOUNT)) : Optional.empty();
    }

    /** Texts that mean one thing of a person and another of a chat or of the session. */
    private static Optional<TelegramError> bySubject(int code, String text, Subject subject) {
        boolean person = subject.isPerson();
        return Optional.ofNullable(
                switch (text) {
                    case "USER_DEACTIVATED" ->
                        person && code != 401
                                ? new TelegramError.Unreachable(text)
                                : new TelegramError.SessionLost(text);
                    // "You're banned from sending messages in supergroups/channels": whoever is added or written to did
                    // nothing (core.telegram.org/method/channels.inviteToChannel).
                    case "USER_BANNED_IN_CHANNEL" ->
                        person ? new TelegramError.Limited(text) : new TelegramError.CampaignFault(text);
                    case "USERNAME_INVALID", "USERNAME_NOT_OCCUPIED", "PEER_ID_INVALID" ->
                        person ? new TelegramError.NotFound(text) : new TelegramError.CampaignFault(text);
                    case "PHONE_NUMBER_INVALID" ->
                        person ? new TelegramError.NotFound(text) : new TelegramError.LoginRefused(text);
                    case "Not Found" -> person ? new TelegramError.NotFound(text) : null;
                    default -> null;
                });
    }

    private static Optional<TelegramError> byText(String text) {
        Function<String, TelegramError> exact = BY_TEXT.get(text);
        if (exact != null) {
            return Optional.of(exact.apply(text));
        }
        for (Map.Entry<String, Function<String, TelegramError>> row : BY_BEGINNING.entrySet()) {
            if (text.regionMatches(true, 0, row.getKey(), 0, row.getKey().length())) {
                return Optional.of(row.getValue().apply(text));
            }
        }
        return TOKEN.matcher(text)
                .results()
                .map(token -> BY_TEXT.get(token.group()))
                .filter(Objects::nonNull)
                .findFirst()
                .map(row -> row.apply(text));
    }

    private static void texts(Function<String, TelegramError> meaning, String spaced) {
        for (String text : spaced.split(" ")) {
            BY_TEXT.put(text, meaning);
        }
    }

    private static void beginnings(Function<String, TelegramError> meaning, String... texts) {
        for (String text : texts) {
            BY_BEGINNING.put(text, meaning);
        }
    }
}
