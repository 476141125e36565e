package dev.beckon.simulator.mtproto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.mtproto.tl.TlSchema;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.Pictures;
import dev.beckon.simulator.world.Truth;
import dev.beckon.simulator.world.World;
import dev.beckon.simulator.worldfile.WorldFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing, joining and the end of a session through Telethon. */
@Tag("integration")
class TelethonPublishesTest {
    /** Of {@code publishing_checks.py}. */
    private static final int CHECKS = 24;

    private static final long ERIN = 1010;
    private static final long NEWS = 5101;
    private static final long CLUBHOUSE = 5103;
    private static final long BACK_ROOM = 5104;

    private static final String WORLD = """
            people:
              - {id: 1001, username: alice, name: Alice, phone: "+491701234567"}
              - {id: 1010, username: erin_user, name: Erin, phone: "+491701234571"}
            chats:
              - {id: 5101, kind: Channel, title: News, username: news_channel, owner: alice}
              - {id: 5102, title: Slow, username: slow_chat, owner: alice, members: [erin_user], slowMode: 5m}
              - {id: 5103, title: Clubhouse, username: clubhouse, owner: alice, links: [{hash: ask-for-it, request: true}]}
              - id: 5104
                title: Back room
                owner: alice
                links:
                  - {hash: open-the-door}
                  - {hash: long-over, expires: 2026-01-02T00:00:00Z}
            """;

    @TempDir
    Path folder;

    @Test
    void everyPublishingCheckPasses() throws IOException, InterruptedException {
        DataCentreState state = DataCentreState.open(folder);
        TlSchema schema = TlSchema.load(ClientFiles.inCache().schema());
        try (World world = World.inMemory(WorldFile.parse("telethon.yaml", WORLD));
                DataCentre dataCentre = DataCentre.start(world, schema, state.rsaKey(), 0)) {
            String report = Telethon.output(Telethon.start("publishing_checks.py", dataCentre, state.publicKey()));

            System.out.print(report.indent(2));
            Telethon.requirePassed(report, CHECKS);
            Truth truth = world.truth();
            assertThat(posts(truth))
                    .extracting(post -> post.message().text())
                    .containsExactly(
                            "Good morning",
                            "Once",
                            "\uD83C\uDF89 bold italic gone hidden code block link",
                            "a bold link",
                            "Look at this",
                            "x".repeat(4096),
                            "x".repeat(1024));
            assertThat(posts(truth))
                    .flatExtracting(
                            post -> post.message().content().picture().stream().toList())
                    .containsExactly(Pictures.of(picture()), Pictures.of(picture()));
            assertThat(truth.standing(CLUBHOUSE, ERIN)).isEqualTo(Chat.Standing.MEMBER);
            assertThat(truth.standing(BACK_ROOM, ERIN)).isEqualTo(Chat.Standing.MEMBER);
            assertThat(truth.sessions().stream().map(Truth.SessionLook::ended).flatMap(Optional::stream))
                    .containsExactlyInAnyOrder("SESSION_REVOKED", "SESSION_REVOKED", "AUTH_KEY_UNREGISTERED");
            assertThat(truth.overlaps()).isEmpty();
        }
    }

    private static List<Truth.Post> posts(Truth truth) {
        return truth.posts(Instant.EPOCH).stream()
                .filter(post -> post.chatId() == NEWS)
                .toList();
    }

    /** As the script makes it. */
    private static byte[] picture() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0});
        for (int at = 0; at < 256 * 1200; at++) {
            bytes.write(at);
        }
        return bytes.toByteArray();
    }
}
