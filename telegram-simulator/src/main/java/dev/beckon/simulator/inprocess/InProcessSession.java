package dev.beckon.simulator.inprocess;

import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Content;
import dev.beckon.simulator.world.World;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.AuthorPage;
import dev.beckon.telegram.ChatMessage;
import dev.beckon.telegram.ChatPost;
import dev.beckon.telegram.ChatSource;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.ContactImport;
import dev.beckon.telegram.Done;
import dev.beckon.telegram.EventLog;
import dev.beckon.telegram.FormerPosts;
import dev.beckon.telegram.InviteLink;
import dev.beckon.telegram.JoinResult;
import dev.beckon.telegram.LoginState;
import dev.beckon.telegram.MemberPage;
import dev.beckon.telegram.Membership;
import dev.beckon.telegram.Post;
import dev.beckon.telegram.SentMessage;
import dev.beckon.telegram.SlowMode;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramErrors.Subject;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.telegram.TelegramUser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;

/** One session on the world of this process. */
final class InProcessSession implements TelegramSession {
    private final World world;
    private final InProcessConnection connection;
    private final InProcessLogin login;
    private final InProcessChats chats;
    private final InProcessPeople people;
    private final InProcessCrowd crowd;
    private final InProcessPosts posts;

    InProcessSession(World world, SessionFile file, String process) {
        this.world = world;
        this.connection = new InProcessConnection(world, file, process);
        this.login = connection.login();
        this.chats = new InProcessChats(world);
        this.people = new InProcessPeople(world);
        this.crowd = new InProcessCrowd(world);
        this.posts = new InProcessPosts(world);
    }

    /** One call as the account. */
    private <T> Answer<T> call(Subject subject, Function<Caller, T> rpc) {
        return connection.call(subject, rpc);
    }

    // ---- login

    @Override
    public LoginState loginState() {
        return login.state();
    }

    @Override
    public LoginState awaitLogin(Predicate<LoginState> wanted, Duration atMost) {
        return login.await(wanted, atMost);
    }

    @Override
    public Answer<Done> sendPhoneNumber(String phone) {
        return login.sendPhoneNumber(phone);
    }

    @Override
    public Answer<Done> sendCode(String code) {
        return login.sendCode(code);
    }

    @Override
    public Answer<Done> sendPassword(String password) {
        return login.sendPassword(password);
    }

    @Override
    public Answer<Done> sendBotToken(String token) {
        return login.sendBotToken(token);
    }

    @Override
    public Answer<Done> requestQrCode() {
        return login.requestQrCode();
    }

    @Override
    public Answer<Done> check() {
        return connection.check();
    }

    @Override
    public Answer<Done> logOut() {
        return connection.logOut();
    }

    // ---- chats

    @Override
    public Answer<TelegramChat> findChat(ChatTarget target) {
        return call(Subject.CHAT, caller -> chats.find(caller, target)).then(Function.identity());
    }

    @Override
    public Answer<JoinResult> joinChat(ChatTarget target) {
        return call(Subject.CHAT, caller -> chats.join(caller, target));
    }

    @Override
    public Answer<TelegramChat> refreshChat(long chatId) {
        return call(Subject.CHAT, caller -> chats.refresh(caller, chatId));
    }

    @Override
    public Answer<EventLog> eventLog(long chatId, Instant since) {
        return call(Subject.CHAT, caller -> chats.eventLog(caller, chatId, since));
    }

    @Override
    public Answer<EventLog> olderEvents(long chatId, Instant since, long rest) {
        return call(Subject.CHAT, caller -> chats.olderEvents(caller, chatId, since, rest));
    }

    @Override
    public Answer<Membership> membership(long chatId, long userId) {
        return call(Subject.MEMBER, caller -> chats.membership(caller, chatId, userId));
    }

    @Override
    public Answer<InviteLink> createInviteLink(long chatId, InviteLink.Request request) {
        return call(Subject.CHAT, caller -> chats.createLink(caller, chatId, request));
    }

    @Override
    public Answer<Done> addMember(long chatId, long userId) {
        return call(Subject.MEMBER, caller -> chats.add(caller, chatId, userId)).then(Function.identity());
    }

    // ---- a chat as a source of people

    @Override
    public Answer<ChatSource> source(long chatId) {
        return call(Subject.CHAT, caller -> crowd.source(caller, chatId));
    }

    @Override
    public Answer<MemberPage> members(long chatId, String query, int offset, int limit) {
        return call(Subject.CHAT, caller -> crowd.members(caller, chatId, query, offset, limit));
    }

    @Override
    public Answer<AuthorPage> authors(long chatId, long before, Instant since) {
        return call(Subject.CHAT, caller -> crowd.authors(caller, chatId, before, since));
    }

    // ---- posts

    @Override
    public Answer<ChatPost> publish(long chatId, Post post) {
        // One random id for all repetitions of the call, as TDLib has it.
        long randomId = ThreadLocalRandom.current().nextLong();
        Content content = InProcessPosts.content(post);
        Instant begun = world.clock().instant();
        Answer<ChatPost> answer = call(Subject.CHAT, caller -> posts.publish(caller, chatId, content, randomId));
        if (!(answer instanceof Answer.Refused<ChatPost>(TelegramError.Wait wait))) {
            return answer;
        }
        Instant told = world.clock().instant();
        Answer<SlowMode> slow = call(Subject.CHAT, caller -> posts.slowMode(caller, chatId));
        SlowMode known = slow instanceof Answer.Ok<SlowMode>(SlowMode mode) ? mode : SlowMode.NONE;
        return Answer.refused(known.meaningOf(
                wait,
                Duration.between(begun, told),
                Duration.between(told, world.clock().instant())));
    }

    @Override
    public Answer<List<ChatPost>> posts(long chatId, Instant since) {
        return call(Subject.CHAT, caller -> posts.since(caller, chatId, since));
    }

    @Override
    public Answer<List<ChatPost>> postsAfter(long chatId, long after, int count) {
        return call(Subject.CHAT, caller -> posts.after(caller, chatId, after, count));
    }

    @Override
    public Answer<FormerPosts> formerPosts(long chatId, Instant since) {
        return call(Subject.CHAT, caller -> chats.formerPosts(caller, chatId, since));
    }

    // ---- people

    @Override
    public TelegramUser self() {
        return switch (call(Subject.LOGIN, people::self)) {
            case Answer.Ok<TelegramUser>(TelegramUser user) -> user;
            case Answer.Refused<TelegramUser> refused ->
                throw new IllegalStateException(
                        "the session is not ready: " + refused.error().raw());
        };
    }

    @Override
    public Answer<TelegramUser> findByUsername(String username) {
        return call(Subject.PERSON, caller -> people.byUsername(caller, username))
                .then(Function.identity());
    }

    @Override
    public Answer<TelegramUser> findByPhone(String phone) {
        return call(Subject.PERSON, caller -> people.byPhone(caller, phone));
    }

    @Override
    public Answer<Optional<TelegramUser>> contact(String phone) {
        return contacts()
                .map(all -> all.stream()
                        .filter(user -> InProcessPeople.hasNumber(user, phone))
                        .findFirst());
    }

    private Answer<List<TelegramUser>> contacts() {
        return call(Subject.PERSON, people::contacts);
    }

    @Override
    public Answer<ContactImport> importContact(String phone, String firstName) {
        return contacts()
                .then(before -> call(Subject.IMPORT, caller -> people.importContact(caller, phone, firstName))
                        .then(answer -> answer.map(user -> new ContactImport(
                                user, before.stream().anyMatch(contact -> contact.id() == user.id())))));
    }

    @Override
    public Answer<Done> deleteContact(long userId) {
        return call(Subject.PERSON, caller -> people.deleteContact(caller, userId));
    }

    @Override
    public Answer<SentMessage> sendMessage(long userId, String text) {
        // One random id for all repetitions of the call, as TDLib has it.
        long randomId = ThreadLocalRandom.current().nextLong();
        return call(Subject.PERSON, caller -> people.send(caller, userId, text, randomId));
    }

    @Override
    public Answer<List<ChatMessage>> messagesWith(long userId, Instant since) {
        return call(Subject.PERSON, caller -> people.messagesWith(caller, userId, since));
    }

    // ---- the end

    @Override
    public Optional<TelegramError> endedBecause() {
        return connection.endedBecause();
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Nothing of it works by itself. */
    @Override
    public boolean isClosed() {
        return true;
    }
}
