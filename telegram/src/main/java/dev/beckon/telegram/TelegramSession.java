package dev.beckon.telegram;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One account's session with Telegram. Every call blocks until Telegram answered or the call timed out, and never throws
 * for what Telegram said: a refusal is a value. Calls come from one thread; {@link #close} and {@link #awaitLogin} may
 * come from any.
 *
 * <p>A chat id is TDLib's (supergroups and channels are below −1,000,000,000,000), a user id is Telegram's.
 */
public interface TelegramSession extends AutoCloseable {

    // ---- login

    /** Where the login stands now. */
    LoginState loginState();

    /** Waits until the login stands as wanted, at most as long as given; answers where it stood last. */
    LoginState awaitLogin(Predicate<LoginState> wanted, Duration atMost);

    /** Starts a login by phone number (E.164); Telegram sends a code. */
    Answer<Done> sendPhoneNumber(String phone);

    /** The code that Telegram sent; a wrong one is {@link TelegramError.LoginRefused}. */
    Answer<Done> sendCode(String code);

    /** The second factor. */
    Answer<Done> sendPassword(String password);

    /** Logs a bot in by its token, such as 123456:ABC, without code or password. */
    Answer<Done> sendBotToken(String token);

    /** Starts a login by QR code; {@link LoginState.QrScanNeeded} carries the link, renewed before it expires. */
    Answer<Done> requestQrCode();

    /**
     * Asks Telegram for something small, which only a living session is told, and whether the account is frozen: then it is refused as {@link
     * Freeze#refusal}, though nothing was done to anybody. Costs no flood budget that work needs.
     */
    Answer<Done> check();

    /** Ends the session at Telegram: its auth key is worthless afterwards. */
    Answer<Done> logOut();

    // ---- chats

    /** Finds a chat without joining it. One that is only known by an invite link is not found before it is joined. */
    Answer<TelegramChat> findChat(ChatTarget target);

    /** Joins; a chat that wants approval answers {@link JoinResult.RequestSent}. */
    Answer<JoinResult> joinChat(ChatTarget target);

    /** The chat as Telegram shows it now: member count and our rights may have changed. */
    Answer<TelegramChat> refreshChat(long chatId);

    /**
     * The chat's administrator log, oldest event first, from {@code since} on; Telegram keeps 48 hours. Administrators only
     * (otherwise {@link TelegramError.CampaignFault}).
     */
    Answer<EventLog> eventLog(long chatId, Instant since);

    /**
     * The part of it before one that was read.
     *
     * @param rest {@link EventLog#rest} of the part that was read
     */
    Answer<EventLog> olderEvents(long chatId, Instant since, long rest);

    /** How a person whom the session met stands to the chat; see {@link Membership} for what Telegram tells of leavers. */
    Answer<Membership> membership(long chatId, long userId);

    /** Makes an additional invite link; administrators only. */
    Answer<InviteLink> createInviteLink(long chatId, InviteLink.Request request);

    // ---- a chat as a source of people

    /** The chat and what the account may see of its members, asked anew as far as the engine does. */
    Answer<ChatSource> source(long chatId);

    /**
     * A page of the chat's members. Telegram ends a list at 10,000. Refused as {@link TelegramError.CampaignFault} where
     * {@link ChatSource#listing} is {@link ChatSource.Listing#NONE}.
     *
     * @param query only members with a word that begins so in their name or username; empty for all
     * @param offset how many entries of the list come before: the sum of {@link MemberPage#listed} so far
     * @param limit 1–200
     */
    Answer<MemberPage> members(long chatId, String query, int offset, int limit);

    /**
     * A page of the chat's history, at most 100 messages.
     *
     * @param before {@link AuthorPage#next} of the page before; 0 for the newest message
     * @param since messages that are older end the history
     */
    Answer<AuthorPage> authors(long chatId, long before, Instant since);

    // ---- posts

    /**
     * Publishes a post in a supergroup or channel and waits until Telegram took or refused it. {@link
     * TelegramError.FormattingRefused} says that the same post without formatting may be taken; a {@link TelegramError.Wait}
     * of {@link TelegramError.Wait.Scope#CHAT} that the chat's slow mode holds it back, and that other chats take posts.
     */
    Answer<ChatPost> publish(long chatId, Post post);

    /**
     * The posts of a channel since the given time, whoever wrote them, or the account's own in a supergroup; newest first. All that was
     * written before the session was opened is there; TDLib may miss what came to a chat that the session knew already. Bots can't read
     * a history: {@link TelegramError.CampaignFault}.
     */
    Answer<List<ChatPost>> posts(long chatId, Instant since);

    /**
     * The posts of a channel, or the account's own in a supergroup, among the messages whose numbers follow one, oldest first. A bot, too, may
     * ask for messages by their numbers. What is not among them may still stand in the chat, for others take numbers, too; and to be asked in a
     * session that has not posted in the chat yet: TDLib asks Telegram for no message that is newer than the newest it knows.
     *
     * @param after {@link ChatPost#messageId} of a message of the chat, which may be deleted by now
     * @param count how many numbers, 1–100
     */
    Answer<List<ChatPost>> postsAfter(long chatId, long after, int count);

    /**
     * The texts and pictures that were deleted or edited in the chat from {@code since} on, as they were, by its administrator log: for
     * whom, and how far back, as {@link #eventLog}.
     */
    Answer<FormerPosts> formerPosts(long chatId, Instant since);

    // ---- people

    /** The account itself; only when {@link LoginState.Ready}. */
    TelegramUser self();

    /** Looks a person up by username, without @. It costs a look-up, of which Telegram grants some 200 a day. */
    Answer<TelegramUser> findByUsername(String username);

    /** Looks a phone number (E.164) up without importing it; "not found" never proves that nobody has it. */
    Answer<TelegramUser> findByPhone(String phone);

    /**
     * Of the account's contacts the one with this number (E.164); empty where none shows it. No look-up: Telegram is asked for the contacts
     * once, when this or an import first needs them, and tells of changes by itself.
     */
    Answer<Optional<TelegramUser>> contact(String phone);

    /**
     * Makes the number a contact, so that its owner can be added; {@link #deleteContact} undoes it. A contact who is one already is edited: they
     * get the number and the name.
     */
    Answer<ContactImport> importContact(String phone, String firstName);

    /** Takes the person out of the account's contacts; they are not told. */
    Answer<Done> deleteContact(long userId);

    // ---- acts on people: each is one person a call

    /** Adds one person to a chat. Telegram's "success with a missing invitee" is a refusal here. */
    Answer<Done> addMember(long chatId, long userId);

    /** Sends a plain text message to one person and waits until Telegram took or refused it. At most 4,096 characters. */
    Answer<SentMessage> sendMessage(long userId, String text);

    /** Messages of the private chat with a person since the given time, newest first. */
    Answer<List<ChatMessage>> messagesWith(long userId, Instant since);

    /** Why the session ended by itself, if it did: revoked, banned, logged out elsewhere. */
    Optional<TelegramError> endedBecause();

    /** Writes the session's files out and ends the engine's client; never throws, idempotent. */
    @Override
    void close();

    /** Whether the client has ended; false after {@link #close} when it did not in time, and still uses the session. */
    boolean isClosed();
}
