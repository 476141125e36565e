package dev.beckon.simulator.inprocess;

import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.NoAnswer;
import dev.beckon.simulator.world.RpcError;
import dev.beckon.simulator.world.World;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.Done;
import dev.beckon.telegram.LoginState;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramErrors;
import dev.beckon.telegram.TelegramErrors.Subject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** A session's way to the world of this process: its auth key, each call over it, and its end. */
final class InProcessConnection {
    private static final Duration USER_WAITS = Duration.ofSeconds(60);
    private static final Duration BOT_WAITS = Duration.ofSeconds(8);

    private final World world;
    private final SessionFile file;
    private final String process;
    private final long authKeyId;
    private final InProcessLogin login;
    private volatile Optional<TelegramError> ended = Optional.empty();
    private volatile boolean closed;

    InProcessConnection(World world, SessionFile file, String process) {
        this.world = world;
        this.file = file;
        this.process = process;
        boolean alone = file.lock();
        Optional<Long> kept = alone ? file.read() : Optional.empty();
        this.authKeyId = alone ? kept.orElseGet(file::create) : 0;
        this.login = new InProcessLogin(world, authKeyId);
        if (alone) {
            connect(kept.isPresent());
        } else {
            closed = true;
            login.set(new LoginState.Closed(Optional.of(
                    new TelegramError.Unknown("Can't lock the session's files: another session uses the directory"))));
        }
    }

    private void connect(boolean knownToUs) {
        try {
            if (knownToUs && world.logins().key(authKeyId).isEmpty()) {
                throw new RpcError(401, "AUTH_KEY_UNREGISTERED");
            }
            world.logins().keyCreated(authKeyId, new byte[0]);
            world.connections().opened(authKeyId, process, process);
            world.listen(login);
            boolean known = world.logins().userOf(authKeyId).isPresent();
            login.set(known ? new LoginState.Ready() : anonymousOrEnded());
        } catch (RpcError refusal) {
            end(refusal);
        }
    }

    /** @throws RpcError when Telegram ended the session meanwhile */
    private LoginState anonymousOrEnded() {
        world.logins().requireNotEnded(authKeyId);
        return new LoginState.IdentityNeeded();
    }

    /** Telegram ended the session: like TDLib we wipe its files. */
    private void end(RpcError refusal) {
        TelegramError why = TelegramErrors.map(refusal.code(), refusal.text(), Subject.LOGIN);
        ended = Optional.of(why);
        file.wipe();
        login.set(new LoginState.Closed(ended));
        close();
    }

    /** From a fresh auth key to Ready, and what came after. */
    InProcessLogin login() {
        return login;
    }

    /** One call as the account: hidden waits and retries, refusals mapped, the end of the session noticed. */
    <T> Answer<T> call(Subject subject, Function<Caller, T> rpc) {
        if (!(login.state() instanceof LoginState.Ready)) {
            return Answer.refused(ended.orElseGet(() -> TelegramErrors.map(401, "Unauthorized", subject)));
        }
        try {
            Caller caller =
                    new Caller(authKeyId, world.logins().userOf(authKeyId).orElse(0L));
            Duration limit = isBot(caller) ? BOT_WAITS : USER_WAITS;
            return Answer.ok(new Retries(world.clock(), limit).call(() -> rpc.apply(caller)));
        } catch (RpcError refusal) {
            TelegramError error = TelegramErrors.map(refusal.code(), refusal.text(), subject);
            if (error instanceof TelegramError.SessionLost || error instanceof TelegramError.Banned) {
                end(refusal);
            }
            return Answer.refused(error);
        } catch (NoAnswer lost) {
            return Answer.refused(new TelegramError.Unanswered("no answer: " + lost.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.refused(new TelegramError.Unanswered("interrupted"));
        }
    }

    private boolean isBot(Caller caller) {
        return caller.userId() != 0 && world.truth().person(caller.userId()).bot();
    }

    /** Asks whether the session lives, and whether its account is frozen. */
    Answer<Done> check() {
        return call(Subject.LOGIN, _ -> {
                    world.logins().ask(world.logins().caller(authKeyId));
                    return Done.DONE;
                })
                .then(done -> world.logins()
                        .freeze(authKeyId)
                        .map(freeze -> Answer.<Done>refused(freeze.refusal()))
                        .orElseGet(() -> Answer.ok(done)));
    }

    Answer<Done> logOut() {
        return call(Subject.LOGIN, caller -> {
            world.logins().logOut(caller);
            file.wipe();
            login.set(new LoginState.Closed(Optional.empty()));
            close();
            return Done.DONE;
        });
    }

    /** Why Telegram ended it; empty while it has not. */
    Optional<TelegramError> endedBecause() {
        return ended;
    }

    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        world.unlisten(login);
        world.connections().closed(authKeyId, process);
        file.unlock();
        if (!(login.state() instanceof LoginState.Closed)) {
            login.set(new LoginState.Closed(Optional.empty()));
        }
    }
}
