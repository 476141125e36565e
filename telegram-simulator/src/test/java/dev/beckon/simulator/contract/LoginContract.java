package dev.beckon.simulator.contract;

import static dev.beckon.simulator.contract.Stage.await;
import static dev.beckon.simulator.contract.Stage.ok;
import static dev.beckon.simulator.contract.Stage.refused;
import static dev.beckon.simulator.contract.WorldText.aliceAndBob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Bytes;
import dev.beckon.telegram.LoginState;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.telegram.TelegramUser;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Logging in. */
public interface LoginContract extends Contract {
    String ALICE = "+491700000001";
    String WITH_PASSWORD =
            "username: dora, phone: '+491700000003', password: correct horse, passwordHint: as in the comic";
    String BOT = "username: helper_bot, name: Helper, botToken: '123456:abcdefghij'";

    @Test
    default void aFreshSessionAsksWhoItIs() {
        try (Stage stage = stage(aliceAndBob())) {
            await(stage.open("new"), LoginState.IdentityNeeded.class);
        }
    }

    @Test
    default void phoneAndCodeLogIn() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramSession session = stage.open("new");
            await(session, LoginState.IdentityNeeded.class);
            ok(session.sendPhoneNumber(ALICE));
            LoginState.CodeNeeded state = (LoginState.CodeNeeded) await(session, LoginState.CodeNeeded.class);
            assertThat(state.length()).isEqualTo(5);
            ok(session.sendCode("12345"));
            await(session, LoginState.Ready.class);
        }
    }

    @Test
    default void theAccountKnowsItself() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramUser self = stage.alice().self();
            assertThat(self.id()).isEqualTo(stage.id("alice"));
            assertThat(self.username()).contains("alice");
            assertThat(self.phone()).contains(ALICE);
            assertThat(self.bot()).isFalse();
        }
    }

    @Test
    default void aWrongCodeIsRefusedAndMayBeTypedAgain() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramSession session = stage.open("new");
            await(session, LoginState.IdentityNeeded.class);
            ok(session.sendPhoneNumber(ALICE));
            await(session, LoginState.CodeNeeded.class);
            TelegramError error = refused(session.sendCode("54321"), TelegramError.LoginRefused.class);
            assertThat(error.raw()).contains("PHONE_CODE_INVALID");
            ok(session.sendCode("12345"));
            await(session, LoginState.Ready.class);
        }
    }

    @Test
    default void aMalformedPhoneIsRefused() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramSession session = stage.open("new");
            await(session, LoginState.IdentityNeeded.class);
            refused(session.sendPhoneNumber("+0001"), TelegramError.LoginRefused.class);
            ok(session.sendPhoneNumber(ALICE));
        }
    }

    @Test
    default void aPhoneWithoutAnAccountIsToldAsNotRegistered() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramSession session = stage.open("new");
            await(session, LoginState.IdentityNeeded.class);
            ok(session.sendPhoneNumber("+491709999999"));
            await(session, LoginState.CodeNeeded.class);
            refused(session.sendCode("54321"), TelegramError.LoginRefused.class);
            ok(session.sendCode("12345"));
            await(session, LoginState.NotRegistered.class);
        }
    }

    @Test
    default void aBannedPhoneIsToldAsBanned() {
        try (Stage stage = stage(aliceAndBob().person("username: dora, phone: '+491700000003', banned: true"))) {
            TelegramSession session = stage.open("new");
            await(session, LoginState.IdentityNeeded.class);
            refused(session.sendPhoneNumber("+491700000003"), TelegramError.Banned.class);
        }
    }

    @Test
    default void aFloodWaitOfTheLoginIsTold() {
        try (Stage stage = stage(aliceAndBob().fault("on: auth.sendCode, kind: Error, text: FLOOD_WAIT_300"))) {
            TelegramSession session = stage.open("new");
            await(session, LoginState.IdentityNeeded.class);
            TelegramError.Wait wait = refused(session.sendPhoneNumber(ALICE), TelegramError.Wait.class);
            assertThat(wait.time()).isEqualTo(Duration.ofMinutes(5));
        }
    }

    private static TelegramSession askedForPassword(Stage stage) {
        return askedForPassword(stage, "new");
    }

    private static TelegramSession askedForPassword(Stage stage, String directory) {
        TelegramSession session = stage.open(directory);
        await(session, LoginState.IdentityNeeded.class);
        ok(session.sendPhoneNumber("+491700000003"));
        await(session, LoginState.CodeNeeded.class);
        ok(session.sendCode("12345"));
        await(session, LoginState.PasswordNeeded.class);
        return session;
    }

    @Test
    default void aSecondFactorIsAskedForWithItsHint() {
        try (Stage stage = stage(aliceAndBob().person(WITH_PASSWORD))) {
            LoginState state = askedForPassword(stage).loginState();
            assertThat(state).isEqualTo(new LoginState.PasswordNeeded("as in the comic"));
        }
    }

    @Test
    default void theRightPasswordLogsIn() {
        try (Stage stage = stage(aliceAndBob().person(WITH_PASSWORD))) {
            TelegramSession session = askedForPassword(stage);
            ok(session.sendPassword("correct horse"));
            await(session, LoginState.Ready.class);
            assertThat(session.self().id()).isEqualTo(stage.id("dora"));
        }
    }

    @Test
    default void aWrongPasswordIsRefusedAndMayBeTypedAgain() {
        try (Stage stage = stage(aliceAndBob().person(WITH_PASSWORD))) {
            TelegramSession session = askedForPassword(stage);
            refused(session.sendPassword("battery staple"), TelegramError.LoginRefused.class);
            ok(session.sendPassword("correct horse"));
            await(session, LoginState.Ready.class);
        }
    }

    @Test
    default void aPasswordThatIsChangedElsewhereEndsNoSessionAndTheNextLoginAsksForTheNewOne() {
        try (Stage stage = stage(aliceAndBob().person(WITH_PASSWORD))) {
            TelegramSession session = askedForPassword(stage);
            ok(session.sendPassword("correct horse"));
            await(session, LoginState.Ready.class);

            stage.world().logins().changePassword(stage.id("dora"), "battery staple");

            TelegramSession next = askedForPassword(stage, "next");
            refused(next.sendPassword("correct horse"), TelegramError.LoginRefused.class);
            ok(next.sendPassword("battery staple"));
            await(next, LoginState.Ready.class);
            ok(session.findByUsername("bobby"));
        }
    }

    private static void scan(Stage stage, TelegramSession session, String who) {
        String link = ((LoginState.QrScanNeeded) await(session, LoginState.QrScanNeeded.class)).link();
        assertThat(link).startsWith("tg://login?token=");
        byte[] token = Base64.getUrlDecoder().decode(link.substring(link.indexOf('=') + 1));
        stage.world().qrLogins().acceptLoginToken(stage.id(who), Bytes.of(token));
    }

    @Test
    default void aScannedQrCodeLogsIn() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramSession session = stage.open("new");
            await(session, LoginState.IdentityNeeded.class);
            ok(session.requestQrCode());
            scan(stage, session, "alice");
            await(session, LoginState.Ready.class);
            assertThat(session.self().id()).isEqualTo(stage.id("alice"));
        }
    }

    @Test
    default void aScannedQrCodeOfAnAccountWithPasswordAsksForIt() {
        try (Stage stage = stage(aliceAndBob().person(WITH_PASSWORD))) {
            TelegramSession session = stage.open("new");
            await(session, LoginState.IdentityNeeded.class);
            ok(session.requestQrCode());
            scan(stage, session, "dora");
            await(session, LoginState.PasswordNeeded.class);
            ok(session.sendPassword("correct horse"));
            await(session, LoginState.Ready.class);
        }
    }

    @Test
    default void aPhoneThatAnotherDataCentreKeepsLogsInThere() {
        try (Stage stage = stage(aliceAndBob().person("username: dora, phone: '+491700000003', dataCentre: 4"))) {
            TelegramSession session = stage.as("dora");
            assertThat(session.self().id()).isEqualTo(stage.id("dora"));
            ok(session.findByUsername("bobby"));
            session.close();
            await(stage.open("dora"), LoginState.Ready.class);
        }
    }

    @Test
    default void aScannedQrCodeOfAnAccountThatAnotherDataCentreKeepsLogsInThere() {
        try (Stage stage = stage(aliceAndBob().person(WITH_PASSWORD + ", dataCentre: 4"))) {
            TelegramSession session = stage.open("new");
            await(session, LoginState.IdentityNeeded.class);
            ok(session.requestQrCode());
            scan(stage, session, "dora");
            await(session, LoginState.PasswordNeeded.class);
            ok(session.sendPassword("correct horse"));
            await(session, LoginState.Ready.class);
            assertThat(session.self().id()).isEqualTo(stage.id("dora"));
            ok(session.findByUsername("bobby"));
        }
    }

    @Test
    default void aBotThatAnotherDataCentreKeepsLogsInThere() {
        try (Stage stage = stage(aliceAndBob().person(BOT + ", dataCentre: 5"))) {
            assertThat(stage.as("helper_bot").self().bot()).isTrue();
        }
    }

    @Test
    default void aBotTokenLogsIn() {
        try (Stage stage = stage(aliceAndBob().person(BOT))) {
            TelegramUser self = stage.as("helper_bot").self();
            assertThat(self.bot()).isTrue();
            assertThat(self.username()).contains("helper_bot");
        }
    }

    @Test
    default void aWrongBotTokenIsRefused() {
        try (Stage stage = stage(aliceAndBob().person(BOT))) {
            TelegramSession session = stage.open("new");
            await(session, LoginState.IdentityNeeded.class);
            refused(session.sendBotToken("123456:wrong-token"), TelegramError.LoginRefused.class);
        }
    }

    @Test
    default void aCodeThatNobodyAskedForIsRefused() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramSession session = stage.open("new");
            await(session, LoginState.IdentityNeeded.class);
            refused(session.sendCode("12345"), TelegramError.LoginRefused.class);
        }
    }

    @Test
    default void nothingIsAnsweredBeforeTheLogin() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramSession session = stage.open("new");
            await(session, LoginState.IdentityNeeded.class);
            refused(session.findByUsername("bobby"));
            assertThat(stage.world().truth().contacts()).isEmpty();
        }
    }
}
