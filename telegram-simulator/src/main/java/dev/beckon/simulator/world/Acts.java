package dev.beckon.simulator.world;

import java.util.List;
import java.util.Optional;

/** What happens without being asked for by a call: late arrivals and what people do by themselves. */
public final class Acts {
    private final World world;

    Acts(World world) {
        this.world = world;
    }

    /** Lets it happen now, when it still can: an act that became impossible is dropped. */
    public void perform(Act act) {
        world.locked(() -> {
            switch (act) {
                case Act.Add(long by, long chat, long person) -> add(by, chat, person);
                case Act.Send send -> send(send);
                case Act.Post post -> world.messages().postLate(post);
                case Act.Join(long chat, long person) -> join(chat, person);
                case Act.Leave(long chat, long person) -> leave(chat, person);
                case Act.DeleteLastMessage(long from, long to) -> deleteLast(from, to);
                case Act.DeleteLastPost(long from, long chat) -> deleteLastPost(from, chat);
            }
            return null;
        });
    }

    /** A person answers a join request of another: approves it, or dismisses it. */
    public void answerJoinRequest(long chatId, long personId, boolean approve) {
        world.locked(() -> {
            ChatState chat = world.chats().state(chatId);
            Optional<String> link = chat.requests.get(personId);
            if (link == null) {
                throw new RpcError(400, "HIDE_REQUESTER_MISSING");
            }
            if (approve) {
                world.emit(new WorldEvent.MemberAdded(
                        chatId, personId, LogEntry.What.JOINED_BY_REQUEST, personId, link, world.now()));
            } else {
                world.emit(new WorldEvent.JoinRequestDismissed(chatId, personId));
            }
            return null;
        });
    }

    /** The person blocks an account. */
    public void block(long personId, long accountId) {
        world.locked(() -> {
            world.emit(new WorldEvent.Blocked(personId, accountId));
            return null;
        });
    }

    /** An administrator removes a person for good. */
    public void ban(long chatId, long byId, long personId) {
        world.locked(() -> {
            world.emit(new WorldEvent.MemberBanned(chatId, personId, byId, world.now()));
            return null;
        });
    }

    /**
     * An administrator deletes a message in a chat, for all.
     *
     * @throws RpcError 400 MESSAGE_ID_INVALID when none of this id stands there
     */
    public void deletePost(long chatId, long byId, int messageId) {
        world.locked(() -> {
            requireStanding(chatId, messageId);
            world.emit(new WorldEvent.PostDeleted(chatId, messageId, byId, world.now()));
            return null;
        });
    }

    /**
     * Somebody writes a message in a chat anew.
     *
     * @throws RpcError 400 MESSAGE_ID_INVALID when none of this id stands there
     */
    public void editPost(long chatId, long byId, int messageId, Content content) {
        world.locked(() -> {
            requireStanding(chatId, messageId);
            world.emit(new WorldEvent.PostEdited(chatId, messageId, byId, world.now(), content));
            return null;
        });
    }

    private void requireStanding(long chatId, int messageId) {
        if (!world.chats().state(chatId).messages.containsKey(messageId)) {
            throw new RpcError(400, "MESSAGE_ID_INVALID");
        }
    }

    /** Telegram freezes an account: it reads, and acts no more. */
    public void freeze(long userId) {
        world.locked(() -> {
            world.emit(new WorldEvent.AccountFrozen(userId, world.now()));
            return null;
        });
    }

    /** Telegram accepts the appeal of a frozen account. */
    public void thaw(long userId) {
        world.locked(() -> {
            world.emit(new WorldEvent.AccountThawed(userId));
            return null;
        });
    }

    /** Telegram lifts the PEER_FLOOD of an account: its strangers are counted anew. */
    public void liftPeerFlood(long userId) {
        world.locked(() -> {
            world.emit(new WorldEvent.PeerFloodLifted(userId));
            return null;
        });
    }

    private void add(long byId, long chatId, long personId) {
        ChatState chat = world.chats().state(chatId);
        boolean possible =
                chat.standing(byId).isIn() && !chat.standing(personId).isIn();
        if (possible) {
            world.emit(new WorldEvent.MemberAdded(
                    chatId, personId, LogEntry.What.INVITED, byId, Optional.empty(), world.now()));
        }
        world.emit(new WorldEvent.Contacted(new Contact(
                world.now(), byId, personId, Contact.How.INVITE, chatId, possible ? "ok" : "too-late", possible)));
    }

    /** A message that its sender sent again meanwhile came once. */
    private void send(Act.Send send) {
        PersonState sender = world.people().state(send.fromId());
        if (sender.sentAs(send.randomId()).isEmpty()) {
            world.messages().deliver(sender, world.people().state(send.toId()), send.text(), send.randomId());
        }
    }

    private void join(long chatId, long personId) {
        ChatState chat = world.chats().state(chatId);
        Chat.Standing standing = chat.standing(personId);
        if (!standing.isIn() && standing != Chat.Standing.BANNED) {
            world.emit(new WorldEvent.MemberAdded(
                    chatId, personId, LogEntry.What.JOINED, personId, Optional.empty(), world.now()));
        }
    }

    private void leave(long chatId, long personId) {
        if (world.chats().state(chatId).standing(personId).isIn()) {
            world.emit(new WorldEvent.MemberLeft(chatId, personId, world.now()));
        }
    }

    private void deleteLast(long from, long to) {
        List<Message> mine = world.people().state(from).with(to);
        List<Message> theirs = world.people().state(to).with(from);
        mine.stream().filter(Message::out).findFirst().ifPresent(message -> {
            int theirId = theirs.stream()
                    .filter(m -> !m.out() && m.text().equals(message.text()))
                    .findFirst()
                    .map(Message::id)
                    .orElse(0);
            world.emit(new WorldEvent.MessageDeleted(from, to, message.id(), theirId));
        });
    }

    private void deleteLastPost(long from, long chatId) {
        ChatState chat = world.chats().state(chatId);
        chat.messages.descendingMap().values().stream()
                .filter(message -> message.fromId() == from)
                .findFirst()
                .ifPresent(last -> deletePost(chatId, chat.profile.creatorId(), last.id()));
    }

    /** Performs what fell due. */
    void runDue() {
        List<WorldEvent.Deferred> due = world.state().deferred.values().stream()
                .filter(d -> !d.due().isAfter(world.now()))
                .toList();
        for (WorldEvent.Deferred deferred : due) {
            world.emit(new WorldEvent.DeferredDone(deferred.id()));
            perform(deferred.act());
        }
    }
}
