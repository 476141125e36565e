package dev.beckon.simulator.world;

import dev.beckon.telegram.TelegramChat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writing and reading. */
public final class Messages {
    /** The longest text Telegram takes, in UTF-16 units. */
    public static final int MAX_LENGTH = 4096;

    /** The longest text below a picture. */
    public static final int MAX_CAPTION = 1024;

    private final World world;

    Messages(World world) {
        this.world = world;
    }

    /**
     * {@code messages.sendMessage} to a person. Sent twice with the same random id it is one message.
     *
     * @param randomId the client's id of the message; 0 for none
     * @return the message in the sender's box
     */
    public Message sendToPerson(Caller caller, long personId, String text, long randomId) {
        Target target = Target.person(personId)
                .reaching(Contact.How.MESSAGE)
                .lateAs(new Act.Send(caller.userId(), personId, text, randomId));
        return world.call(Method.SEND_MESSAGE, caller, target, () -> {
            PersonState sender = world.people().state(caller.userId());
            PersonState recipient = world.people().state(personId);
            Optional<Message> sent = sender.sentAs(randomId);
            if (sent.isPresent()) {
                return sent.get();
            }
            requireText(text);
            requireWritable(sender, recipient);
            return deliver(sender, recipient, text, randomId);
        });
    }

    private static void requireText(String text) {
        if (text.isBlank()) {
            throw new RpcError(400, "MESSAGE_EMPTY");
        }
        if (text.length() > MAX_LENGTH) {
            throw new RpcError(400, "MESSAGE_TOO_LONG");
        }
    }

    private void requireWritable(PersonState sender, PersonState recipient) {
        if (recipient.profile.deleted()) {
            throw new RpcError(400, "INPUT_USER_DEACTIVATED");
        }
        boolean known = recipient.contacts.contains(sender.profile.id())
                || !recipient.with(sender.profile.id()).isEmpty();
        if (sender.profile.bot() && !known) {
            throw new RpcError(400, "PEER_ID_INVALID");
        }
        if (sender.blocked.contains(recipient.profile.id())) {
            throw new RpcError(400, "YOU_BLOCKED_USER");
        }
        if (!known && !recipient.opensTo(recipient.profile.privacy().messages(), sender.profile.id())) {
            throw new RpcError(403, "USER_PRIVACY_RESTRICTED");
        }
        if (!known) {
            PeerFlood.require(sender);
        }
    }

    /** Telegram takes a message to someone who blocked the sender, and never shows it to them. */
    Message deliver(PersonState sender, PersonState recipient, String text, long randomId) {
        long from = sender.profile.id();
        long to = recipient.profile.id();
        boolean delivered = !recipient.blocked.contains(from);
        int id = sender.nextMessageId();
        int theirs = delivered && from != to ? recipient.nextMessageId() : 0;
        world.emit(new WorldEvent.MessageSent(from, to, id, theirs, randomId, world.now(), text));
        world.emit(
                new WorldEvent.Contacted(new Contact(world.now(), from, to, Contact.How.MESSAGE, 0, "ok", delivered)));
        return sender.message(id).orElseThrow();
    }

    /** A text without looks. */
    public Message post(Caller caller, long chatId, String text, long randomId) {
        return post(caller, chatId, Content.text(text), randomId);
    }

    /**
     * {@code messages.sendMessage} to a chat, or {@code messages.sendMedia}: CHAT_WRITE_FORBIDDEN, SLOWMODE_WAIT_n,
     * ENTITY_BOUNDS_INVALID. Sent twice with the same random id it is one message.
     */
    public Message post(Caller caller, long chatId, Content content, long randomId) {
        Method method = content.picture().isPresent() ? Method.SEND_MEDIA : Method.SEND_MESSAGE;
        Target target = Target.chat(chatId).lateAs(new Act.Post(caller.userId(), chatId, content, randomId));
        return world.call(method, caller, target, () -> {
            ChatState chat = world.chats().visible(caller, chatId);
            Optional<Message> sent = chat.sentAs(caller.userId(), randomId);
            if (sent.isPresent()) {
                return sent.get();
            }
            requireContent(content);
            requireMayPost(caller, chat);
            return posted(chat, caller.userId(), content, randomId);
        });
    }

    private Message posted(ChatState chat, long fromId, Content content, long randomId) {
        int id = chat.nextMessageId();
        world.emit(WorldEvent.Posted.of(chat.profile.id(), fromId, id, randomId, world.now(), content));
        return chat.messages.get(id);
    }

    /** A post that came late; one that its writer sent again meanwhile came once. */
    void postLate(Act.Post post) {
        ChatState chat = world.chats().state(post.chatId());
        if (chat.sentAs(post.fromId(), post.randomId()).isEmpty()) {
            posted(chat, post.fromId(), post.content(), post.randomId());
        }
    }

    private static void requireContent(Content content) {
        String text = content.text();
        if (content.picture().isEmpty()) {
            requireText(text);
        } else if (text.length() > MAX_CAPTION) {
            throw new RpcError(400, "MEDIA_CAPTION_TOO_LONG");
        }
        boolean within = content.looks().stream()
                .allMatch(look ->
                        look.offset() >= 0 && look.length() > 0 && look.offset() + look.length() <= text.length());
        if (!within) {
            throw new RpcError(400, "ENTITY_BOUNDS_INVALID");
        }
    }

    private void requireMayPost(Caller caller, ChatState chat) {
        Chat.Standing mine = chat.standing(caller.userId());
        boolean channel = chat.profile.kind() == TelegramChat.Kind.CHANNEL;
        if (!mine.isIn() || (channel && !mine.isAdministrator())) {
            throw new RpcError(403, channel ? "CHAT_ADMIN_REQUIRED" : "CHAT_WRITE_FORBIDDEN");
        }
        chat.nextPost(caller.userId())
                .map(next -> Duration.between(world.now(), next))
                .filter(Duration::isPositive)
                .ifPresent(left -> {
                    throw RpcError.slowModeWait(left);
                });
    }

    /**
     * {@code messages.getHistory} of a private chat, newest first, at most 100 a page.
     *
     * @param beforeId only messages with a lower id; 0 for the newest
     */
    public List<Message> historyWith(Caller caller, long personId, int beforeId, int limit) {
        return world.call(Method.GET_HISTORY, caller, Target.person(personId), () -> {
            requireReader(caller);
            world.people().state(personId);
            return page(world.people().state(caller.userId()).with(personId), beforeId, limit);
        });
    }

    /** {@code messages.getHistory} of a chat, newest first, at most 100 a page. */
    public List<Message> historyOf(Caller caller, long chatId, int beforeId, int limit) {
        return world.call(Method.GET_HISTORY, caller, Target.chat(chatId), () -> {
            requireReader(caller);
            ChatState chat = world.chats().visible(caller, chatId);
            return page(List.copyOf(chat.messages.descendingMap().values()), beforeId, limit);
        });
    }

    /**
     * {@code channels.getMessages}: those of the numbers that stand in the chat, oldest first. A bot may ask for them, too.
     *
     * @param ids as {@link Message#id}
     */
    public List<Message> byNumber(Caller caller, long chatId, Set<Integer> ids) {
        return world.call(
                Method.GET_CHANNEL_MESSAGES,
                caller,
                Target.chat(chatId),
                () -> world.chats().visible(caller, chatId).messages.values().stream()
                        .filter(message -> ids.contains(message.id()))
                        .toList());
    }

    /** No bot reads a history. */
    private void requireReader(Caller caller) {
        if (world.people().state(caller.userId()).profile.bot()) {
            throw new RpcError(400, "BOT_METHOD_INVALID");
        }
    }

    private static List<Message> page(List<Message> newestFirst, int beforeId, int limit) {
        return newestFirst.stream()
                .filter(m -> beforeId == 0 || m.id() < beforeId)
                .limit(Math.clamp(limit, 1, 100))
                .toList();
    }

    /** With whom the account has a private chat. */
    public Set<Long> peers(Caller caller) {
        return world.locked(() -> world.people().state(caller.userId()).peers());
    }
}
