package dev.beckon.simulator.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.contract.Stage;
import dev.beckon.simulator.world.World;
import dev.beckon.simulator.worldfile.WorldFile;
import dev.beckon.telegram.LoginState;
import dev.beckon.telegram.SessionOptions;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only this engine can show in no time: hidden waits on a clock that stands still, and stolen bundles. */
class InProcessEngineTest {
    private static final String WORLD = """
            clock: {start: 2026-10-05T09:00:00Z, speed: 0}
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: helper_bot, botToken: "123456:abcdefghij"}
            """;

    @TempDir
    Path folder;

    private World world;

    private TelegramSession open(String name) {
        return new InProcessEngine(world)
                .open(new SessionOptions(
                        1, "hash", folder.resolve(name), Optional.empty(), true, () -> Duration.ofMinutes(2)));
    }

    private TelegramSession alice(String faults) {
        world = World.inMemory(WorldFile.parse("world.yaml", WORLD + faults));
        TelegramSession session = open("alice");
        Stage.ok(session.sendPhoneNumber("+491700000001"));
        Stage.ok(session.sendCode("12345"));
        return session;
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static String fault(String what, int times) {
        return "faults: [{on: contacts.resolveUsername, times: " + times + ", " + what + "}]\n";
    }

    @Test
    void repeatedServerErrorsSurfaceAsTheMisleadingFlood() {
        TelegramSession session = alice(fault("kind: ServerError", 6));
        var before = world.clock().instant();
        TelegramError.Wait wait = Stage.refused(session.findByUsername("alice"), TelegramError.Wait.class);
        assertThat(wait.raw()).isEqualTo("Too Many Requests: retry after 32");
        assertThat(Duration.between(before, world.clock().instant())).isEqualTo(Duration.ofSeconds(31));
    }

    @Test
    void fiveServerErrorsAreHidden() {
        Stage.ok(alice(fault("kind: ServerError", 5)).findByUsername("alice"));
    }

    @Test
    void hiddenFloodWaitsAddUp() {
        TelegramSession session = alice(fault("kind: Error, text: FLOOD_WAIT_40", 2));
        TelegramError.Wait wait = Stage.refused(session.findByUsername("alice"), TelegramError.Wait.class);
        assertThat(wait.time()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void aFloodWaitOfAMinuteIsStillHidden() {
        Stage.ok(alice(fault("kind: Error, text: FLOOD_WAIT_60", 1)).findByUsername("alice"));
    }

    @Test
    void aBotIsToldOfAFloodWaitSooner() {
        world = World.inMemory(WorldFile.parse("world.yaml", WORLD + fault("kind: Error, text: FLOOD_WAIT_9", 1)));
        TelegramSession bot = open("bot");
        Stage.ok(bot.sendBotToken("123456:abcdefghij"));
        TelegramError.Wait wait = Stage.refused(bot.findByUsername("alice"), TelegramError.Wait.class);
        assertThat(wait.time()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aQrCodeIsRenewedWhenItExpires() {
        world = World.inMemory(WorldFile.parse("world.yaml", WORLD));
        TelegramSession session = open("new");
        Stage.ok(session.requestQrCode());
        LoginState first = session.loginState();
        assertThat(session.loginState()).isEqualTo(first);
        world.advanceClock(Duration.ofSeconds(31));
        assertThat(session.loginState())
                .isInstanceOf(LoginState.QrScanNeeded.class)
                .isNotEqualTo(first);
    }

    @Test
    void twoSessionsOnOneBundleAreSeenAndFatalToBoth() throws IOException {
        TelegramSession first = alice("");
        Files.createDirectories(folder.resolve("stolen"));
        Files.copy(folder.resolve("alice/session.key"), folder.resolve("stolen/session.key"));
        TelegramSession second = open("stolen");
        assertThat(second.loginState()).isInstanceOf(LoginState.Closed.class);
        TelegramError error = Stage.refused(first.findByUsername("alice"), TelegramError.SessionLost.class);
        assertThat(error.raw()).isEqualTo("AUTH_KEY_DUPLICATED");
        assertThat(world.truth().overlaps()).hasSize(1);
    }

    @Test
    void aDamagedSessionFileBeginsAnew() throws IOException {
        alice("").close();
        Files.writeString(folder.resolve("alice/session.key"), "not hexadecimal");
        assertThat(open("alice").loginState()).isEqualTo(new LoginState.IdentityNeeded());
    }

    @Test
    void aSessionOfAnotherWorldIsLost() {
        alice("").close();
        world.close();
        world = World.inMemory(WorldFile.parse("world.yaml", WORLD));
        TelegramSession session = open("alice");
        assertThat(session.endedBecause()).get().isInstanceOf(TelegramError.SessionLost.class);
        assertThat(Files.exists(folder.resolve("alice/session.key"))).isFalse();
    }
}
