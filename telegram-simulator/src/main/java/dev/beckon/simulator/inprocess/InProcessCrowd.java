package dev.beckon.simulator.inprocess;

import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.Chats;
import dev.beckon.simulator.world.Message;
import dev.beckon.simulator.world.Person;
import dev.beckon.simulator.world.RpcError;
import dev.beckon.simulator.world.World;
import dev.beckon.telegram.AuthorPage;
import dev.beckon.telegram.ChatSource;
import dev.beckon.telegram.MemberPage;
import dev.beckon.telegram.PersonFacts;
import dev.beckon.telegram.TelegramChat.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The port's calls on a chat as a source of people, in the world's operations. */
final class InProcessCrowd {
    private static final int HISTORY_PAGE = 100;
    /** TDLib's message ids are the server's, shifted by this; a chat's first message says that it was created. */
    private static final int SHIFT = 20;

    private final World world;

    InProcessCrowd(World world) {
        this.world = world;
    }

    ChatSource source(Caller caller, long chatId) {
        Chat chat = world.chats().chat(caller, Chat.bareId(chatId));
        return new ChatSource(InProcessChats.seen(chat), chat.mine().isAdministrator(), listing(chat));
    }

    private ChatSource.Listing listing(Chat chat) {
        boolean shown = chat.kind() == Kind.BASIC_GROUP
                ? chat.mine().isIn()
                : world.chats().listShown(chat);
        if (!shown) {
            return ChatSource.Listing.NONE;
        }
        return chat.kind() == Kind.CHANNEL ? ChatSource.Listing.LATEST_200 : ChatSource.Listing.MEMBERS;
    }

    /** TDLib asks no member list that it knows to be hidden. */
    MemberPage members(Caller caller, long chatId, String query, int offset, int limit) {
        long id = Chat.bareId(chatId);
        if (listing(world.chats().peek(caller, id)) == ChatSource.Listing.NONE) {
            throw new RpcError(400, "Member list is inaccessible");
        }
        Chats.Members members =
                world.chats().participants(caller, id, Chats.Filter.RECENT, query, offset, Math.min(limit, 200));
        return new MemberPage(
                members.page().stream()
                        .map(member -> facts(caller, member.personId()))
                        .toList(),
                members.total(),
                members.page().size());
    }

    private PersonFacts facts(Caller caller, long personId) {
        Person person = world.people().person(caller, personId);
        return new PersonFacts(InProcessPeople.user(person), person.lastName(), person.premium(), person.lastSeen());
    }

    AuthorPage authors(Caller caller, long chatId, long before, Instant since) {
        long id = Chat.bareId(chatId);
        Kind kind = world.chats().peek(caller, id).kind();
        int beforeId = before == 0 ? 0 : (int) ((before >> SHIFT) - 1);
        // The message that the chat was created is the world's zeroth: nothing comes before it.
        List<Message> page = before != 0 && beforeId <= 1
                ? List.of()
                : world.messages().historyOf(caller, id, beforeId, HISTORY_PAGE);
        List<AuthorPage.Written> written = new ArrayList<>();
        int counted = 0;
        OptionalLong next = OptionalLong.empty();
        for (Message message : page) {
            if (message.at().getEpochSecond() < since.getEpochSecond()) {
                return new AuthorPage(counted, written, OptionalLong.empty());
            }
            counted++;
            long messageId = (message.id() + 1L) << SHIFT;
            next = OptionalLong.of(messageId);
            if (kind == Kind.SUPERGROUP) {
                written.add(new AuthorPage.Written(messageId, message.at(), facts(caller, message.fromId())));
            }
        }
        return new AuthorPage(counted, written, next);
    }
}
