package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.Done;
import dev.beckon.telegram.LoginState;
import dev.beckon.telegram.TelegramErrors.Subject;
import dev.beckon.telegram.TelegramUser;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Where the login stands, as TDLib tells it, and the steps that move it on. */
final class TdLogin implements Consumer<ObjectNode> {
    private final TdClient client;
    private LoginState state = new LoginState.Connecting();
    private Optional<TelegramUser> self = Optional.empty();

    TdLogin(TdClient client) {
        this.client = client;
    }

    @Override
    public void accept(ObjectNode authorizationState) {
        switch (Td.type(authorizationState)) {
            case "authorizationStateWaitTdlibParameters" -> become(new LoginState.Connecting());
            case "authorizationStateWaitPhoneNumber" -> become(new LoginState.IdentityNeeded());
            case "authorizationStateWaitCode" ->
                become(new LoginState.CodeNeeded(authorizationState
                        .path("code_info")
                        .path("type")
                        .path("length")
                        .asInt()));
            case "authorizationStateWaitOtherDeviceConfirmation" ->
                become(new LoginState.QrScanNeeded(
                        authorizationState.path("link").asText()));
            case "authorizationStateWaitPassword" ->
                become(new LoginState.PasswordNeeded(
                        authorizationState.path("password_hint").asText()));
            case "authorizationStateWaitRegistration" -> become(new LoginState.NotRegistered());
            case "authorizationStateReady" -> learnSelf();
            case "authorizationStateLoggingOut" -> client.endedByItself();
            case "authorizationStateClosed" -> become(new LoginState.Closed(client.ended()));
            default -> {
                // Closing passes by itself; e-mail codes are not for a worker.
            }
        }
    }

    /** Ready is told when it is known who we are, which TDLib knows without asking. */
    private void learnSelf() {
        var _ = client.ask(Td.object("getMe")).thenAccept(user -> {
            if (!Td.is(user, "error")) {
                synchronized (this) {
                    self = Optional.of(TdPeople.user(user));
                }
                become(new LoginState.Ready());
            }
        });
    }

    private synchronized void become(LoginState next) {
        state = next;
        notifyAll();
    }

    synchronized LoginState state() {
        return state;
    }

    synchronized LoginState await(Predicate<LoginState> wanted, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (!wanted.test(state)) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return state;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return state;
    }

    synchronized TelegramUser self() {
        return self.orElseThrow(() -> new IllegalStateException("the session is not logged in"));
    }

    Answer<Done> sendPhoneNumber(String phone) {
        return step(Td.object("setAuthenticationPhoneNumber").put("phone_number", phone));
    }

    Answer<Done> sendCode(String code) {
        return step(Td.object("checkAuthenticationCode").put("code", code));
    }

    Answer<Done> sendPassword(String password) {
        return step(Td.object("checkAuthenticationPassword").put("password", password));
    }

    Answer<Done> sendBotToken(String token) {
        return step(Td.object("checkAuthenticationBotToken").put("token", token));
    }

    Answer<Done> requestQrCode() {
        ObjectNode request = Td.object("requestQrCodeAuthentication");
        request.set("other_user_ids", Td.array());
        return step(request);
    }

    /** TDLib keeps none of these answers, so it must ask. To bots Telegram tells of no freeze. */
    Answer<Done> check() {
        if (self().bot()) {
            return asked(Td.object("getCommands").put("language_code", ""));
        }
        // First: of a freeze in it TDLib tells by an update, which is there when the next question is answered.
        // Telegram tells
        // it to whoever asks, logged in or not, so that question has to follow in any case.
        Answer<Done> configuration = asked(Td.object("getApplicationConfig"));
        return asked(Td.object("getAccountTtl")).then(_ -> configuration).then(this::unlessFrozen);
    }

    private Answer<Done> asked(ObjectNode request) {
        return client.read(request, Subject.LOGIN).map(_ -> Done.DONE);
    }

    private Answer<Done> unlessFrozen(Done done) {
        return client.freeze()
                .map(freeze -> Answer.<Done>refused(freeze.refusal()))
                .orElseGet(() -> Answer.ok(done));
    }

    Answer<Done> logOut() {
        client.expectEnd();
        return step(Td.object("logOut"));
    }

    private Answer<Done> step(ObjectNode request) {
        return client.call(request, Subject.LOGIN).map(done -> Done.DONE);
    }
}
