package dev.beckon.worker.invite;

import dev.beckon.telegram.Answer;
import dev.beckon.telegram.Membership;
import dev.beckon.telegram.TelegramError;
import java.util.Locale;
import java.util.stream.Stream;

/** What a chat tells of a person before anything is done to them. */
sealed interface Standing {
    /** No member, and nothing is known that speaks against asking them. */
    record Outside() implements Standing {}

    /** A member. */
    record Inside() implements Standing {}

    /**
     * Left, or was removed: an opt-out of this chat.
     *
     * @param reason a word in CamelCase for the suppression list
     */
    record OptedOut(String reason) implements Standing {}

    /** The chat hides its members from this account; the act itself will tell, since Telegram refuses to add a member. */
    record Hidden() implements Standing {}

    /** Something else: about the account, the chat or the person, as the table of refusals says. */
    record Refused(TelegramError error) implements Standing {}

    static Standing of(Answer<Membership> answer) {
        return switch (answer) {
            case Answer.Ok<Membership>(Membership membership) ->
                switch (membership) {
                    case MEMBER, ADMINISTRATOR -> new Inside();
                    case NOT_MEMBER -> new Outside();
                    case LEFT -> new OptedOut("Left");
                    case BANNED -> new OptedOut("Removed");
                };
            case Answer.Refused<Membership>(TelegramError error) -> of(error);
        };
    }

    private static Standing of(TelegramError error) {
        return switch (error) {
            case TelegramError.AlreadyMember _ -> new Inside();
            case TelegramError.NotFound _ -> new Outside();
            case TelegramError.LeftBefore _ -> new OptedOut("LeftBefore");
            case TelegramError.PersonRefused _ -> new OptedOut("Refused");
            case TelegramError.CampaignFault(String raw) -> hidesMembers(raw) ? new Hidden() : new Refused(error);
            case TelegramError.Wait _,
                    TelegramError.Limited _,
                    TelegramError.PrivacyRestricted _,
                    TelegramError.Unreachable _,
                    TelegramError.Later _,
                    TelegramError.FormattingRefused _,
                    TelegramError.LoginRefused _,
                    TelegramError.SessionLost _,
                    TelegramError.Banned _,
                    TelegramError.Unanswered _,
                    TelegramError.Unknown _ -> new Refused(error);
        };
    }

    /** Of a query for a member this means that only administrators see the list, as channels and some groups have it. */
    private static boolean hidesMembers(String raw) {
        String text = raw.toLowerCase(Locale.ROOT);
        return Stream.of("chat_admin_required", "participant list is hidden", "member list is inaccessible")
                .anyMatch(text::contains);
    }
}
