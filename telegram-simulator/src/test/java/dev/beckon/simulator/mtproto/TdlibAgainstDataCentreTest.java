package dev.beckon.simulator.mtproto;

import static dev.beckon.simulator.mtproto.RealTdlib.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Contact;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.Done;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.telegram.TelegramUser;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class TdlibAgainstDataCentreTest {
    private static final String WORLD = """
            people:
              - {id: 1001, username: alice, phone: "+491701234567"}
              - {id: 1002, username: bob_user, phone: "+491701234568"}
            chats:
              - {id: 5001, title: Meetup, username: meetup, owner: alice}
            """;

    @TempDir
    Path folder;

    @Test
    void logsInByPhoneAndAddsAPerson() {
        try (RealTdlib telegram = new RealTdlib(WORLD, folder)) {
            TelegramSession alice = telegram.loggedIn("alice", "+491701234567");
            assertThat(alice.self().id()).isEqualTo(1001);
            TelegramChat chat = done(alice.findChat(new ChatTarget.Username("meetup")));
            assertThat(chat.mayInvite()).isTrue();
            TelegramUser bob = done(alice.findByUsername("bob_user"));

            assertThat(done(alice.addMember(chat.id(), bob.id()))).isEqualTo(Done.DONE);

            assertThat(telegram.world.truth().contacts()).singleElement().satisfies(contact -> {
                assertThat(contact.how()).isEqualTo(Contact.How.INVITE);
                assertThat(contact.personId()).isEqualTo(1002);
                assertThat(contact.delivered()).isTrue();
            });
        }
    }
}
