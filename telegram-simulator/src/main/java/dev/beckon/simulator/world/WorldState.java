package dev.beckon.simulator.world;

import dev.beckon.telegram.Freeze;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that is true in the world now: the seed of the world file and every event since. Guarded by the world's lock. */
final class WorldState {
    final Map<Long, PersonState> people = new LinkedHashMap<>();
    final Map<Long, ChatState> chats = new LinkedHashMap<>();
    final Map<Long, SessionState> sessions = new LinkedHashMap<>();
    final Map<String, Link> links = new LinkedHashMap<>();
    final List<Contact> contacts = new ArrayList<>();
    final List<WorldEvent.MessageSent> sent = new ArrayList<>();
    final List<WorldEvent.Overlap> overlaps = new ArrayList<>();
    final Map<Long, WorldEvent.Deferred> deferred = new TreeMap<>();
    final Map<Integer, Integer> faultsFired = new HashMap<>();
    final Map<Integer, Integer> faultsPassed = new HashMap<>();
    final Map<FloodKey, Deque<Instant>> floodCounts = new HashMap<>();
    final Map<FloodKey, Instant> floodUntil = new HashMap<>();
    long lastDeferred;
    Instant latest = Instant.MIN;

    private final Map<String, Long> byUsername = new HashMap<>();
    private final Map<String, Long> byPhone = new HashMap<>();
    private final Map<String, Long> byToken = new HashMap<>();
    private final Map<String, Long> chatByUsername = new HashMap<>();

    record FloodKey(int rule, long userId) {}

    void seed(Profile profile) {
        people.put(profile.id(), new PersonState(profile));
        profile.username().ifPresent(name -> byUsername.put(lower(name), profile.id()));
        profile.phone().ifPresent(phone -> byPhone.put(digits(phone), profile.id()));
        profile.botToken().ifPresent(token -> byToken.put(token, profile.id()));
    }

    ChatState seed(ChatProfile profile) {
        ChatState chat = new ChatState(profile);
        chats.put(profile.id(), chat);
        profile.username().ifPresent(name -> chatByUsername.put(lower(name), profile.id()));
        return chat;
    }

    Optional<PersonState> personByUsername(String name) {
        return Optional.ofNullable(byUsername.get(lower(name))).map(people::get);
    }

    Optional<PersonState> personByPhone(String phone) {
        return Optional.ofNullable(byPhone.get(digits(phone))).map(people::get);
    }

    Optional<PersonState> botByToken(String token) {
        return Optional.ofNullable(byToken.get(token)).map(people::get);
    }

    Optional<ChatState> chatByUsername(String name) {
        return Optional.ofNullable(chatByUsername.get(lower(name))).map(chats::get);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String digits(String phone) {
        return phone.startsWith("+") ? phone.substring(1) : phone;
    }

    /** The one place where the world changes; replay calls nothing else. */
    void apply(WorldEvent event) {
        switch (event) {
            case WorldEvent.AuthKeyCreated e -> sessions.put(e.authKeyId(), new SessionState(e));
            case WorldEvent.CodeSent e -> sessions.get(e.authKeyId()).codeSentTo = Optional.of(e.phone());
            case WorldEvent.PasswordDue e -> sessions.get(e.authKeyId()).passwordDueOf = e.userId();
            case WorldEvent.PasswordChanged e -> people.get(e.userId()).password = Optional.of(e.password());
            case WorldEvent.LoginTokenExported e -> tokenExported(e);
            case WorldEvent.LoginTokenAccepted e -> sessions.get(e.authKeyId()).loginAcceptedBy = e.userId();
            case WorldEvent.LoggedIn e -> loggedIn(e);
            case WorldEvent.SessionEnded e ->
                sessions.get(e.authKeyId()).ended = Optional.of(new RpcError(e.code(), e.answer()));
            case WorldEvent.AccountBanned e -> people.get(e.userId()).banned = true;
            case WorldEvent.PeerFloodLifted e -> people.get(e.userId()).strangersReached = 0;
            case WorldEvent.AccountFrozen e -> people.get(e.userId()).freeze = Optional.of(freeze(e.at()));
            case WorldEvent.AccountThawed e -> people.get(e.userId()).freeze = Optional.empty();
            case WorldEvent.ConnectionOpened e ->
                sessions.get(e.authKeyId()).connections.put(e.connection(), e.process());
            case WorldEvent.ConnectionClosed e ->
                sessions.get(e.authKeyId()).connections.remove(e.connection());
            case WorldEvent.Overlap e -> overlaps.add(e);
            case WorldEvent.ContactAdded e -> people.get(e.ownerId()).contacts.add(e.personId());
            case WorldEvent.ContactDeleted e -> people.get(e.ownerId()).contacts.remove(e.personId());
            case WorldEvent.Blocked e -> people.get(e.personId()).blocked.add(e.blockedId());
            case WorldEvent.Contacted e -> contacted(e.contact());
            case WorldEvent.MemberAdded e -> chats.get(e.chatId()).add(e);
            case WorldEvent.MemberLeft e -> chats.get(e.chatId()).leave(e);
            case WorldEvent.MemberBanned e -> chats.get(e.chatId()).ban(e);
            case WorldEvent.JoinRequested e -> chats.get(e.chatId()).requests.put(e.personId(), e.link());
            case WorldEvent.JoinRequestDismissed e ->
                chats.get(e.chatId()).requests.remove(e.personId());
            case WorldEvent.LinkMade e -> links.put(e.link().hash(), e.link());
            case WorldEvent.MessageSent e -> sent(e);
            case WorldEvent.MessageDeleted e -> deleted(e);
            case WorldEvent.Posted e -> chats.get(e.chatId()).post(e);
            case WorldEvent.PostDeleted e -> chats.get(e.chatId()).delete(e);
            case WorldEvent.PostEdited e -> chats.get(e.chatId()).edit(e);
            case WorldEvent.FloodCounted e ->
                floodCounts
                        .computeIfAbsent(new FloodKey(e.rule(), e.userId()), k -> new ArrayDeque<>())
                        .add(e.at());
            case WorldEvent.FloodStarted e -> floodUntil.put(new FloodKey(e.rule(), e.userId()), e.until());
            case WorldEvent.FaultFired e -> faultsFired.merge(e.fault(), 1, Integer::sum);
            case WorldEvent.FaultPassed e -> faultsPassed.merge(e.fault(), 1, Integer::sum);
            case WorldEvent.Deferred e -> {
                deferred.put(e.id(), e);
                lastDeferred = Math.max(lastDeferred, e.id());
            }
            case WorldEvent.DeferredDone e -> deferred.remove(e.id());
            case WorldEvent.ClockMoved e -> latest = e.now();
        }
    }

    /** Telegram tells whole seconds. The month until it deletes the account is ours: it documents no term. */
    static Freeze freeze(Instant at) {
        Instant since = at.truncatedTo(ChronoUnit.SECONDS);
        return new Freeze(since, Optional.of(since.plus(30, ChronoUnit.DAYS)));
    }

    private void tokenExported(WorldEvent.LoginTokenExported e) {
        SessionState session = sessions.get(e.authKeyId());
        session.loginToken = e.token();
        session.loginTokenExpires = e.expires();
    }

    private void loggedIn(WorldEvent.LoggedIn e) {
        SessionState session = sessions.get(e.authKeyId());
        session.userId = e.userId();
        session.passwordDueOf = 0;
        session.loginAcceptedBy = 0;
        session.codeSentTo = Optional.empty();
    }

    private void contacted(Contact contact) {
        contacts.add(contact);
        boolean stranger = !people.get(contact.personId()).contacts.contains(contact.accountId());
        boolean reaching = contact.how() == Contact.How.INVITE || contact.how() == Contact.How.MESSAGE;
        if (contact.delivered() && stranger && reaching) {
            people.get(contact.accountId()).strangersReached++;
        }
    }

    private void sent(WorldEvent.MessageSent e) {
        sent.add(e);
        people.get(e.fromId())
                .put(new Message(e.fromMessageId(), e.toId(), e.fromId(), true, e.at(), e.text()), e.randomId());
        if (e.toMessageId() != 0) {
            people.get(e.toId()).put(new Message(e.toMessageId(), e.fromId(), e.fromId(), false, e.at(), e.text()), 0);
        }
    }

    private void deleted(WorldEvent.MessageDeleted e) {
        people.get(e.fromId()).remove(e.fromMessageId());
        people.get(e.toId()).remove(e.toMessageId());
    }
}
