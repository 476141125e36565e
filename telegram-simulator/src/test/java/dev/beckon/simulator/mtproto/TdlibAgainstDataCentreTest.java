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
import java.time.Instant;
import java.util.regex.Pattern;
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

    private static final Pattern COSMETIC = Pattern.compile(
            "account\\.get.*|aicompose\\..*|contacts\\.getTopPeers|help\\.getPeer.*|messages\\.get(AttachMenuBots|Available.*"
                    + "|Dialog(Filters|UnreadMarks)|PeerSettings|StickerSet|.*Reactions|.*Stickers)|stories\\..*");

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

    @Test
    void aSessionGoesOnWhenTheDataCentreIsRestartedUnderIt() {
        try (RealTdlib telegram = new RealTdlib(WORLD, folder)) {
            TelegramSession alice = telegram.loggedIn("alice", "+491701234567");
            TelegramChat chat = done(alice.findChat(new ChatTarget.Username("meetup")));
            TelegramUser bob = done(alice.findByUsername("bob_user"));

            telegram.restartDataCentre();

            assertThat(done(alice.addMember(chat.id(), bob.id()))).isEqualTo(Done.DONE);
            assertThat(telegram.world.truth().contacts()).hasSize(1);
            assertThat(telegram.world.truth().overlaps()).isEmpty();
        }
    }

    @Test
    void nothingThatAWorkerNeedsIsNotSimulated() {
        try (RealTdlib telegram = new RealTdlib(WORLD, folder)) {
            TelegramSession alice = telegram.loggedIn("alice", "+491701234567");
            TelegramChat chat = done(alice.findChat(new ChatTarget.Username("meetup")));
            TelegramUser bob = done(alice.findByPhone("+491701234568"));
            done(alice.membership(chat.id(), bob.id()));
            done(alice.sendMessage(bob.id(), "hello"));
            done(alice.messagesWith(bob.id(), Instant.EPOCH));
            done(alice.eventLog(chat.id(), Instant.EPOCH));
            done(alice.formerPosts(chat.id(), Instant.EPOCH));

            // What only an application with a window asks for; each is refused with a 400, which TDLib takes calmly.
            assertThat(telegram.dataCentre().unknownMethods().keySet())
                    .allMatch(method -> COSMETIC.matcher(method).matches(), "is cosmetic");
        }
    }
}
