package dev.beckon.simulator.mtproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.simulator.mtproto.tl.TlSchema;
import dev.beckon.simulator.world.Contact;
import dev.beckon.simulator.world.World;
import dev.beckon.simulator.worldfile.WorldFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The core of the contract through Telethon, a client that shares nothing with TDLib but the protocol. */
@Tag("integration")
class TelethonAgainstDataCentreTest {
    /** Of {@code core_checks.py}. */
    private static final int CHECKS = 25;

    private static final String WORLD = """
            people:
              - {id: 1001, username: alice, name: Alice, phone: "+491701234567", contacts: [carol_user]}
              - {id: 1002, username: bob_user, name: Bob, phone: "+491701234568", premium: true, lastSeen: LastMonth}
              - {id: 1003, username: carol_user, name: Carol, phone: "+491701234569", password: correct horse}
              - {id: 1004, name: Dora, phone: "+491701234570"}
              - {id: 1005, username: priv_user, privacy: {invites: Nobody}}
              - {id: 1006, username: strict_user, privacy: {invites: Nobody, refusal: Error}}
              - {id: 1007, username: left_user}
              - {id: 1008, username: flood_user}
              - {id: 1009, username: helper_bot, botToken: "4711:token"}
              - generate: {count: 450, prefix: guest}
            chats:
              - id: 5001
                title: Meetup
                username: meetup
                owner: alice
                members: ["guest*"]
                left: [left_user]
                messages:
                  - {from: alice, text: post 1}
                  - {from: alice, text: post 2}
                  - {from: guest7, text: post 3}
              - {id: 5002, title: Hidden, username: hidden_chat, owner: bob_user, members: ["guest*"], hiddenMembers: true}
            floods:
              - {on: contacts.resolveUsername, accounts: [alice], calls: 50, per: 1h, pause: 10m}
            faults:
              - {on: channels.inviteToChannel, kind: Error, person: flood_user, text: PEER_FLOOD}
            """;

    @TempDir
    Path folder;

    @Test
    void everyCoreCheckPasses() throws IOException, InterruptedException {
        DataCentreState state = DataCentreState.open(folder);
        TlSchema schema = TlSchema.load(ClientFiles.inCache().schema());
        try (World world = World.inMemory(WorldFile.parse("telethon.yaml", WORLD));
                DataCentre dataCentre = DataCentre.start(world, schema, state.rsaKey(), 0)) {
            String report = Telethon.output(Telethon.start("core_checks.py", dataCentre, state.publicKey()));

            System.out.print(report.indent(2));
            Telethon.requirePassed(report, CHECKS);
            assertThat(world.truth().contacts())
                    .filteredOn(contact -> contact.how() == Contact.How.INVITE && contact.delivered())
                    .extracting(Contact::personId)
                    .containsExactly(1002L);
            assertThat(world.truth().overlaps()).isEmpty();
        }
    }

    @Test
    void oneKeyInTwoProcessesIsAnOverlapAndEndsTheSession() throws IOException, InterruptedException {
        DataCentreState state = DataCentreState.open(folder);
        TlSchema schema = TlSchema.load(ClientFiles.inCache().schema());
        try (World world = World.inMemory(WorldFile.parse("telethon.yaml", WORLD));
                DataCentre dataCentre = DataCentre.start(world, schema, state.rsaKey(), 0)) {
            Process first = Telethon.start("hold_session.py", dataCentre, state.publicKey());
            try {
                String session = first.inputReader().readLine();
                assertThat(world.truth().overlaps()).isEmpty();

                String second =
                        Telethon.output(Telethon.start("hold_session.py", dataCentre, state.publicKey(), session));

                assertThat(second.strip()).isEqualTo("AUTH_KEY_DUPLICATED");
                assertThat(world.truth().overlaps()).singleElement().satisfies(overlap -> {
                    assertThat(overlap.userId()).isEqualTo(1001);
                    assertThat(overlap.otherProcess()).startsWith("process " + first.pid() + " since ");
                });
            } finally {
                first.destroyForcibly();
            }
        }
    }

    @Test
    void oneProcessAfterTheOtherIsNoOverlap() throws IOException, InterruptedException {
        DataCentreState state = DataCentreState.open(folder);
        TlSchema schema = TlSchema.load(ClientFiles.inCache().schema());
        try (World world = World.inMemory(WorldFile.parse("telethon.yaml", WORLD));
                DataCentre dataCentre = DataCentre.start(world, schema, state.rsaKey(), 0)) {
            Process first = Telethon.start("hold_session.py", dataCentre, state.publicKey());
            String session = first.inputReader().readLine();
            // Killed, not closed: its connection must count as ended all the same.
            first.destroyForcibly().waitFor();
            await().until(() -> world.truth().sessions().stream().allMatch(look -> look.connections() == 0));

            Process second = Telethon.start("hold_session.py", dataCentre, state.publicKey(), session);
            second.outputWriter().close();

            assertThat(Telethon.output(second).strip()).isEqualTo(session);
            assertThat(world.truth().overlaps()).isEmpty();
        }
    }
}
