package dev.beckon.bench.people;

import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.MemberPage;
import dev.beckon.telegram.TelegramSession;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A process that pages through a group's member list with TDLib behind the port, and does nothing with it: {@code LIBRARY PORT FOLDER
 * GROUP}. It prints when the list's end came. The folder keeps the session.
 */
public final class PagingAlone {
    private static final int PAGE = 200;

    private PagingAlone() {}

    public static void main(String[] arguments) {
        TelegramSession session =
                EngineBenchmark.loggedIn(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Path.of(arguments[2]));
        try {
            page(session, arguments[3]);
            System.out.println(Instant.now());
        } finally {
            session.close();
        }
    }

    /** The whole list, a page at a time. */
    static void page(TelegramSession session, String group) {
        long chat = EngineBenchmark.done(session.findChat(new ChatTarget.Username(group)))
                .id();
        int offset = 0;
        MemberPage page = EngineBenchmark.done(session.members(chat, "", offset, PAGE));
        while (!page.isEnd()) {
            offset += page.listed();
            page = EngineBenchmark.done(session.members(chat, "", offset, PAGE));
        }
    }
}
