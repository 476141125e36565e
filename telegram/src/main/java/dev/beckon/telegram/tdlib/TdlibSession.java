package dev.beckon.telegram.tdlib;

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
import dev.beckon.telegram.SessionOptions;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.telegram.TelegramUser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A session of TDLib's; each concern has its own class, this one only puts them together. */
final class TdlibSession implements TelegramSession {
    private final TdClient client;
    private final TdLogin login;
    private final TdChats chats;
    private final TdPeople people;
    private final TdMessages messages;
    private final TdEventLog eventLog;
    private final TdCrowd crowd;
    private final TdPosts posts;

    private TdlibSession(TdClient client, TdLogin login, InstantSource clock) {
        this.client = client;
        this.login = login;
        this.chats = new TdChats(client);
        this.people = new TdPeople(client);
        this.messages = new TdMessages(client);
        this.eventLog = new TdEventLog(client, clock);
        this.crowd = new TdCrowd(client);
        this.posts = new TdPosts(client);
    }

    static TdlibSession open(TdTransport transport, SessionOptions options, InstantSource clock) {
        TdClient client = new TdClient(transport, options.callTimeout());
        TdLogin login = new TdLogin(client);
        client.start(login);
        TdParameters.send(client, options);
        return new TdlibSession(client, login, clock);
    }

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
        return login.check();
    }

    @Override
    public Answer<Done> logOut() {
        return login.logOut();
    }

    @Override
    public Answer<TelegramChat> findChat(ChatTarget target) {
        return chats.find(target);
    }

    @Override
    public Answer<JoinResult> joinChat(ChatTarget target) {
        return chats.join(target);
    }

    @Override
    public Answer<TelegramChat> refreshChat(long chatId) {
        return chats.refresh(chatId);
    }

    @Override
    public Answer<EventLog> eventLog(long chatId, Instant since) {
        return eventLog.read(chatId, since);
    }

    @Override
    public Answer<EventLog> olderEvents(long chatId, Instant since, long rest) {
        return eventLog.older(chatId, since, rest);
    }

    @Override
    public Answer<Membership> membership(long chatId, long userId) {
        return chats.membership(chatId, userId);
    }

    @Override
    public Answer<InviteLink> createInviteLink(long chatId, InviteLink.Request request) {
        return chats.createInviteLink(chatId, request);
    }

    @Override
    public Answer<ChatSource> source(long chatId) {
        return chats.source(chatId);
    }

    @Override
    public Answer<MemberPage> members(long chatId, String query, int offset, int limit) {
        return crowd.members(chatId, query, offset, limit);
    }

    @Override
    public Answer<AuthorPage> authors(long chatId, long before, Instant since) {
        return crowd.authors(chatId, before, since);
    }

    @Override
    public Answer<ChatPost> publish(long chatId, Post post) {
        return posts.publish(chatId, post);
    }

    @Override
    public Answer<List<ChatPost>> posts(long chatId, Instant since) {
        return posts.since(chatId, since);
    }

    @Override
    public Answer<List<ChatPost>> postsAfter(long chatId, long after, int count) {
        return posts.after(chatId, after, count);
    }

    @Override
    public Answer<FormerPosts> formerPosts(long chatId, Instant since) {
        return eventLog.formerPosts(chatId, since);
    }

    @Override
    public TelegramUser self() {
        return login.self();
    }

    @Override
    public Answer<TelegramUser> findByUsername(String username) {
        return people.byUsername(username);
    }

    @Override
    public Answer<TelegramUser> findByPhone(String phone) {
        return people.byPhone(phone);
    }

    @Override
    public Answer<Optional<TelegramUser>> contact(String phone) {
        return people.contact(phone);
    }

    @Override
    public Answer<ContactImport> importContact(String phone, String firstName) {
        return people.importContact(phone, firstName);
    }

    @Override
    public Answer<Done> deleteContact(long userId) {
        return people.deleteContact(userId);
    }

    @Override
    public Answer<Done> addMember(long chatId, long userId) {
        return chats.addMember(chatId, userId);
    }

    @Override
    public Answer<SentMessage> sendMessage(long userId, String text) {
        return messages.send(userId, text);
    }

    @Override
    public Answer<List<ChatMessage>> messagesWith(long userId, Instant since) {
        return messages.with(userId, since);
    }

    @Override
    public Optional<TelegramError> endedBecause() {
        return client.ended();
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public boolean isClosed() {
        return client.isClosed();
    }
}
