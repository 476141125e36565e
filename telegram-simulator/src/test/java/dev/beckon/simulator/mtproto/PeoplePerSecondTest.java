package dev.beckon.simulator.mtproto;

import static dev.beckon.simulator.mtproto.RealTdlib.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.TelegramSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine against what it replaces, on the same data centre: each finds a person and adds it, one after the other. */
@Tag("integration")
class PeoplePerSecondTest {
    private static final int PEOPLE = 100;
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491701234567"}
              - {username: bob_user, phone: "+491701234568"}
              - generate: {count: 100, prefix: guest}
            chats:
              - {title: Ours, username: our_chat, owner: alice}
              - {title: Theirs, username: their_chat, owner: bob_user}
            """;

    @TempDir
    Path folder;

    @Test
    void theEngineAddsPeopleAtLeastAsFastAsTelethon() throws IOException, InterruptedException {
        try (RealTdlib telegram = new RealTdlib(WORLD, folder)) {
            double telethon = telethon(telegram);
            double engine = engine(telegram);
            System.out.printf("people per second: engine %.1f, Telethon %.1f%n", engine, telethon);
            // Three times as fast when it was written; a delayed acknowledgement would cost far more than that.
            assertThat(engine).isGreaterThanOrEqualTo(telethon);
            assertThat(telegram.world.truth().contacts()).hasSize(2 * PEOPLE);
        }
    }

    private double telethon(RealTdlib telegram) throws IOException, InterruptedException {
        Path key = Files.writeString(folder.resolve("key.pem"), PatchedTdlib.KEY.publicPem() + "\n");
        return Double.parseDouble(Telethon.output(Telethon.start(
                        "add_people.py",
                        telegram.dataCentre(),
                        key,
                        "+491701234568",
                        "their_chat",
                        "guest",
                        String.valueOf(PEOPLE)))
                .strip());
    }

    private double engine(RealTdlib telegram) {
        TelegramSession alice = telegram.loggedIn("alice", "+491701234567");
        long chat = done(alice.findChat(new ChatTarget.Username("our_chat"))).id();
        Instant begin = Instant.now();
        for (int i = 1; i <= PEOPLE; i++) {
            done(alice.addMember(chat, done(alice.findByUsername("guest" + i)).id()));
        }
        return PEOPLE * 1e9 / Duration.between(begin, Instant.now()).toNanos();
    }
}
