package dev.beckon.simulator.truth;

import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.ChatProfile;
import dev.beckon.simulator.world.Contact;
import dev.beckon.simulator.world.Fault;
import dev.beckon.simulator.world.Profile;
import dev.beckon.simulator.world.Truth;
import dev.beckon.simulator.world.World;
import dev.beckon.telegram.TelegramChat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns what really happened in a world into lines. */
final class TruthLines {
    private final World world;
    private final Map<Long, ChatProfile> chats;

    TruthLines(World world) {
        this.world = world;
        this.chats = world.truth().chats().stream().collect(Collectors.toMap(ChatProfile::id, c -> c));
    }

    Stream<Lines.ContactLine> contacts() {
        return world.truth().contacts().stream()
                .map(contact -> new Lines.ContactLine(
                        contact.at(),
                        account(contact.accountId()),
                        contact.accountId(),
                        who(contact.personId()),
                        how(contact.how()),
                        chat(contact.chatId()).map(TruthLines::tdlibId),
                        chat(contact.chatId()).map(TruthLines::name),
                        contact.result(),
                        contact.delivered()));
    }

    Stream<Lines.CallLine> calls(Instant since) {
        return world.truth().calls(since).stream()
                .map(call -> new Lines.CallLine(
                        call.at(), call.method().rpc(), account(call.accountId()), call.accountId()));
    }

    private static String how(Contact.How how) {
        return switch (how) {
            case INVITE -> "invite";
            case MESSAGE -> "message";
            case IMPORT_CONTACT -> "importContact";
            case DELETE_CONTACT -> "deleteContact";
        };
    }

    Stream<Lines.OverlapLine> overlaps() {
        return world.truth().overlaps().stream()
                .map(o -> new Lines.OverlapLine(
                        o.at(),
                        Long.toHexString(o.authKeyId()),
                        o.userId() == 0 ? "" : account(o.userId()),
                        o.userId(),
                        o.process(),
                        o.otherProcess()));
    }

    Stream<Lines.MemberLine> members(ChatProfile chat) {
        return world.truth().members(chat.id()).stream()
                .map(m -> new Lines.MemberLine(
                        who(m.personId()),
                        world.truth().standing(chat.id(), m.personId()),
                        m.since(),
                        Optional.of(m.inviterId()).filter(id -> id != 0)));
    }

    Stream<Lines.LogLine> log(ChatProfile chat) {
        return world.truth().log(chat.id()).stream()
                .map(e -> new Lines.LogLine(e.at(), e.what().name(), e.byId(), who(e.personId())));
    }

    Stream<Lines.PostLine> posts(Instant since) {
        Truth truth = world.truth();
        return Stream.concat(truth.posts(since).stream(), truth.deletedPosts(since).stream())
                .map(p -> {
                    ChatProfile chat = chats.get(p.chatId());
                    return new Lines.PostLine(
                            p.message().at(),
                            tdlibId(chat),
                            name(chat),
                            p.message().id(),
                            p.message().fromId(),
                            p.message().text(),
                            p.message().content().looks(),
                            p.message().content().picture());
                });
    }

    Stream<Lines.MessageLine> messages() {
        return world.truth().messages().stream()
                .map(m -> new Lines.MessageLine(m.at(), m.fromId(), m.toId(), m.toMessageId() != 0, m.text()));
    }

    Stream<Lines.SessionLine> sessions() {
        return world.truth().sessions().stream()
                .map(s ->
                        new Lines.SessionLine(Long.toHexString(s.authKeyId()), s.userId(), s.ended(), s.connections()));
    }

    Stream<Lines.AuthKeyLine> authKeys() {
        return world.truth().authKeys().stream()
                .map(k -> new Lines.AuthKeyLine(
                        Long.toHexString(k.authKeyId()), k.key().hex()));
    }

    Stream<Lines.FaultLine> faults() {
        return world.truth().faults().stream().map(look -> {
            Fault fault = look.fault();
            return new Lines.FaultLine(
                    fault.on().rpc(),
                    fault.kind(),
                    fault.person().map(this::who),
                    fault.chat().flatMap(this::chat).map(TruthLines::name),
                    look.fired());
        });
    }

    /** By {@code @name}, title, bare id or TDLib's id. */
    Optional<ChatProfile> chatNamed(String text) {
        String bare = text.startsWith("@") ? text.substring(1) : text;
        return List.copyOf(chats.values()).stream()
                .filter(chat -> chat.username().map(bare::equalsIgnoreCase).orElse(false)
                        || chat.title().equals(text)
                        || Long.toString(chat.id()).equals(text)
                        || Long.toString(tdlibId(chat)).equals(text))
                .findFirst();
    }

    /** By {@code @name}, phone or id. */
    Optional<Profile> personNamed(String text) {
        String bare = text.startsWith("@") ? text.substring(1) : text;
        return world.truth().people().stream()
                .filter(p -> p.username().map(bare::equalsIgnoreCase).orElse(false)
                        || p.phone().map(text::equals).orElse(false)
                        || Long.toString(p.id()).equals(text))
                .findFirst();
    }

    private Optional<ChatProfile> chat(long chatId) {
        return Optional.ofNullable(chats.get(chatId));
    }

    private static String name(ChatProfile chat) {
        return chat.username().map(name -> "@" + name).orElse(chat.title());
    }

    private static long tdlibId(ChatProfile chat) {
        return chat.kind() == TelegramChat.Kind.BASIC_GROUP ? -chat.id() : Chat.SUPERGROUPS_BELOW - chat.id();
    }

    private String account(long userId) {
        Profile profile = world.truth().person(userId);
        return profile.username().or(profile::phone).orElse(Long.toString(userId));
    }

    Lines.Who who(long personId) {
        Profile profile = world.truth().person(personId);
        return new Lines.Who(profile.id(), profile.phone(), profile.username());
    }
}
