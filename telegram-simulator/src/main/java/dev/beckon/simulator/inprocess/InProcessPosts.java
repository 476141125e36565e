package dev.beckon.simulator.inprocess;

import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.Content;
import dev.beckon.simulator.world.Content.Look;
import dev.beckon.simulator.world.Message;
import dev.beckon.simulator.world.Pictures;
import dev.beckon.simulator.world.World;
import dev.beckon.telegram.ChatPost;
import dev.beckon.telegram.Post;
import dev.beckon.telegram.PostText.Span;
import dev.beckon.telegram.PostText.Style;
import dev.beckon.telegram.PostText.Style.Simple;
import dev.beckon.telegram.SlowMode;
import dev.beckon.telegram.TelegramChat.Kind;
import dev.beckon.telegram.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The port's posts, in the world's operations. */
final class InProcessPosts {
    /** TDLib's message ids are the server's, shifted by this; a chat's first message says that it was created. */
    private static final int SHIFT = 20;

    private final World world;

    InProcessPosts(World world) {
        this.world = world;
    }

    ChatPost publish(Caller caller, long chatId, Content content, long randomId) {
        long id = Chat.bareId(chatId);
        Message sent = world.messages().post(caller, id, content, randomId);
        return seen(world.chats().peek(caller, id), sent);
    }

    SlowMode slowMode(Caller caller, long chatId) {
        Chat chat = world.chats().peek(caller, Chat.bareId(chatId));
        return chat.nextPost()
                .map(next -> Duration.between(world.clock().instant(), next))
                .filter(Duration::isPositive)
                .map(left -> new SlowMode(chat.slowMode(), left))
                .orElse(SlowMode.NONE);
    }

    /** Cleaned, as TDLib sends it. */
    static Content content(Post post) {
        String text = post.text().text();
        return new Content(
                Words.cleaned(text),
                post.text().spans().stream()
                        .map(span -> cleaned(text, span))
                        .flatMap(Optional::stream)
                        .map(InProcessPosts::look)
                        .toList(),
                post.image().map(file -> Pictures.of(bytes(file))));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the post's image can't be read", e);
        }
    }

    /** Where a part lies in the cleaned text; empty when nothing is left of it. */
    private static Optional<Span> cleaned(String text, Span span) {
        int offset = Words.cleaned(text.substring(0, span.offset())).length();
        int end = Words.cleaned(text.substring(0, span.end())).length();
        return Optional.of(end - offset)
                .filter(length -> length > 0)
                .map(length -> new Span(span.style(), offset, length));
    }

    private static Look look(Span span) {
        return switch (span.style()) {
            case Simple simple -> new Look(name(simple), span.offset(), span.length(), Optional.empty());
            case Style.Block(String language) ->
                new Look(
                        "block",
                        span.offset(),
                        span.length(),
                        Optional.of(language).filter(text -> !text.isEmpty()));
            case Style.Link(String url) -> new Look("link", span.offset(), span.length(), Optional.of(url));
        };
    }

    private static String name(Simple style) {
        return switch (style) {
            case BOLD -> "bold";
            case ITALIC -> "italic";
            case STRIKETHROUGH -> "strikethrough";
            case SPOILER -> "spoiler";
            case CODE -> "code";
        };
    }

    List<ChatPost> since(Caller caller, long chatId, Instant since) {
        long id = Chat.bareId(chatId);
        List<ChatPost> found = new ArrayList<>();
        int before = 0;
        while (true) {
            List<Message> page = world.messages().historyOf(caller, id, before, 100);
            Chat chat = world.chats().peek(caller, id);
            for (Message message : page) {
                if (message.at().getEpochSecond() < since.getEpochSecond()) {
                    return found;
                }
                if (chat.kind() == Kind.CHANNEL || message.fromId() == caller.userId()) {
                    found.add(seen(chat, message));
                }
            }
            if (page.isEmpty() || page.getLast().id() == 1) {
                return found;
            }
            before = page.getLast().id();
        }
    }

    List<ChatPost> after(Caller caller, long chatId, long after, int count) {
        long id = Chat.bareId(chatId);
        int number = (int) (after >> SHIFT);
        Set<Integer> asked = IntStream.rangeClosed(number + 1, number + count)
                .map(next -> next - 1)
                .boxed()
                .collect(Collectors.toSet());
        List<Message> messages = world.messages().byNumber(caller, id, asked);
        Chat chat = world.chats().peek(caller, id);
        return messages.stream()
                .filter(message -> chat.kind() == Kind.CHANNEL || message.fromId() == caller.userId())
                .map(message -> seen(chat, message))
                .toList();
    }

    private static ChatPost seen(Chat chat, Message message) {
        String where = chat.username().orElseGet(() -> "c/" + chat.id());
        return post(message, Optional.of("https://t.me/" + where + "/" + idOf(message)));
    }

    /** One that does not stand as it was any more. */
    static ChatPost former(Message message) {
        return post(message, Optional.empty());
    }

    private static ChatPost post(Message message, Optional<String> link) {
        return new ChatPost(
                (long) idOf(message) << SHIFT,
                message.at(),
                message.text(),
                message.content().picture().isPresent(),
                link);
    }

    private static int idOf(Message message) {
        return message.id() + 1;
    }
}
