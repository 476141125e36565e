package dev.beckon.simulator.contract;

import static dev.beckon.simulator.contract.Stage.await;
import static dev.beckon.simulator.contract.Stage.ok;
import static dev.beckon.simulator.contract.Stage.refused;
import static dev.beckon.simulator.contract.WorldText.aliceAndBob;
import static dev.beckon.simulator.contract.WorldText.meetup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.WorldEvent;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.Done;
import dev.beckon.telegram.LoginState;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The life of a session: restart, move, log-out, and the ends that Telegram makes. */
public interface SessionContract extends Contract {

    @Test
    default void aClosedSessionGoesOnFromItsDirectory() {
        try (Stage stage = stage(aliceAndBob())) {
            stage.alice().close();
            TelegramSession again = stage.open("alice");
            await(again, LoginState.Ready.class);
            assertThat(again.self().id()).isEqualTo(stage.id("alice"));
            ok(again.findByUsername("bobby"));
        }
    }

    @Test
    default void aSessionGoesOnFromACopyOfItsDirectory() throws IOException {
        try (Stage stage = stage(aliceAndBob())) {
            stage.alice().close();
            copy(stage.directory("alice"), stage.directory("moved"));
            TelegramSession moved = stage.open("moved");
            await(moved, LoginState.Ready.class);
            assertThat(moved.self().id()).isEqualTo(stage.id("alice"));
            assertThat(stage.world().truth().overlaps()).isEmpty();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.toList();
        }
        for (Path path : all) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(target);
            } else {
                Files.copy(path, target);
            }
        }
    }

    @Test
    default void twoAccountsWorkSideBySide() {
        try (Stage stage = stage(aliceAndBob())) {
            assertThat(stage.as("alice").self().id()).isEqualTo(stage.id("alice"));
            assertThat(stage.as("bobby").self().id()).isEqualTo(stage.id("bobby"));
            assertThat(stage.world().truth().overlaps()).isEmpty();
        }
    }

    @Test
    default void aDirectoryServesOneSessionAtATime() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramSession first = stage.alice();
            TelegramSession second = stage.open("alice");
            await(second, LoginState.Closed.class);
            refused(second.findByUsername("bobby"));
            ok(first.findByUsername("bobby"));
        }
    }

    @Test
    default void loggingOutEndsTheSessionForGood() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramSession session = stage.alice();
            ok(session.logOut());
            await(session, LoginState.Closed.class);
            assertThat(session.endedBecause()).isEmpty();
            session.close();
            await(stage.open("alice"), LoginState.IdentityNeeded.class);
            assertThat(stage.world().truth().sessions())
                    .anySatisfy(s -> assertThat(s.ended()).isPresent());
        }
    }

    @Test
    default void closingIsIdempotentAndCallsAfterItAreRefused() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramSession session = stage.alice();
            session.close();
            session.close();
            refused(session.findByUsername("bobby"));
            assertThat(session.endedBecause()).isEmpty();
        }
    }

    @Test
    default void aSessionThatWasRevokedElsewhereSaysSo() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramSession session = stage.alice();
            stage.world().logins().revokeAll(stage.id("alice"));
            refused(session.findByUsername("bobby"), TelegramError.SessionLost.class);
            await(session, LoginState.Closed.class);
            assertThat(session.endedBecause()).get().isInstanceOf(TelegramError.SessionLost.class);
        }
    }

    @Test
    default void aCheckTellsALivingSessionFromOneThatWasEndedElsewhere() {
        try (Stage stage = stage(aliceAndBob().person(LoginContract.BOT))) {
            ok(stage.alice().check());
            ok(stage.as("helper_bot").check());
            stage.world().logins().revokeAll(stage.id("alice"));
            refused(stage.alice().check(), TelegramError.SessionLost.class);
            await(stage.alice(), LoginState.Closed.class);
        }
    }

    @Test
    default void aSessionThatIsRevokedInTheMiddleOfACallSaysWhy() {
        try (Stage stage = stage(meetup().inviteFault("kind: SessionRevoked"))) {
            TelegramError error = refused(stage.aliceAdds("bobby"), TelegramError.SessionLost.class);
            assertThat(error.raw()).contains("SESSION_REVOKED");
            assertThat(stage.alice().endedBecause()).get().isEqualTo(error);
            assertThat(stage.standing("Meetup", "bobby").isIn()).isFalse();
        }
    }

    @Test
    default void anActThatTheEndOfTheSessionCutsShortMayHaveBeenDone() {
        try (Stage stage = stage(meetup().inviteFault("kind: DoneThenSessionRevoked"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.SessionLost.class);
            assertThat(stage.standing("Meetup", "bobby").isIn()).isTrue();
        }
    }

    @Test
    default void anActThatIsUnderWayWhenTheSessionEndsIsNotToldAsRefused() {
        try (Stage stage = stage(meetup().inviteFault("kind: AnswerLost"))) {
            long chat = stage.found("meetup");
            long bob = stage.met("bobby");
            TelegramSession session = stage.alice();
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            stage.world().listen(event -> {
                if (event instanceof WorldEvent.Contacted) {
                    done.complete(true);
                }
            });
            CompletableFuture<Answer<Done>> act = CompletableFuture.supplyAsync(() -> session.addMember(chat, bob));
            done.orTimeout(1, TimeUnit.MINUTES).join();
            stage.world().logins().revokeAll(stage.id("alice"));
            // TDLib hears of the end by another call; the one under way it then answers by itself.
            refused(session.findByUsername("carol"), TelegramError.SessionLost.class);
            assertThat(refused(act.join()))
                    .isInstanceOfAny(TelegramError.Unanswered.class, TelegramError.SessionLost.class);
        }
    }

    @Test
    default void aRevokedSessionBeginsAnewInItsDirectory() {
        try (Stage stage = stage(aliceAndBob())) {
            TelegramSession session = stage.alice();
            stage.world().logins().revokeAll(stage.id("alice"));
            refused(session.findByUsername("bobby"));
            await(session, LoginState.Closed.class);
            session.close();
            await(stage.open("alice"), LoginState.IdentityNeeded.class);
        }
    }

    @Test
    default void anAccountThatIsBannedInTheMiddleOfACallSaysSo() {
        try (Stage stage = stage(meetup().inviteFault("kind: AccountBanned"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.Banned.class);
            assertThat(stage.alice().endedBecause()).get().isInstanceOf(TelegramError.Banned.class);
        }
    }

    @Test
    default void aFrozenAccountReadsButDoesNotAct() {
        try (Stage stage = stage(meetup())) {
            long chat = stage.found("meetup");
            long bob = stage.met("bobby");
            stage.world().acts().freeze(stage.id("alice"));
            refused(stage.alice().addMember(chat, bob), TelegramError.Limited.class);
            refused(stage.alice().sendMessage(bob, "Hello"), TelegramError.Limited.class);
            ok(stage.alice().membership(chat, bob));
            assertThat(stage.alice().endedBecause()).isEmpty();
        }
    }

    @Test
    default void aFrozenAccountIsToldByTheCheckThoughItTriesNothing() {
        try (Stage stage = stage(meetup())) {
            ok(stage.alice().check());
            stage.world().acts().freeze(stage.id("alice"));
            assertThat(refused(stage.alice().check())).isEqualTo(freezeOf(stage, "alice"));
            ok(stage.alice().findByUsername("bobby"));
            assertThat(stage.alice().endedBecause()).isEmpty();
            assertThat(stage.world().truth().calls(Instant.EPOCH))
                    .noneMatch(call -> call.method().acting());
            stage.world().acts().thaw(stage.id("alice"));
            ok(stage.alice().check());
        }
    }

    private static TelegramError freezeOf(Stage stage, String username) {
        return stage.world().truth().freeze(stage.id(username)).orElseThrow().refusal();
    }

    @Test
    default void aSessionThatIsOpenedAnewStillTellsTheFreezeAndNoneThatEndedMeanwhile() {
        try (Stage stage = stage(aliceAndBob())) {
            stage.alice();
            stage.world().acts().freeze(stage.id("alice"));
            refused(stage.alice().check(), TelegramError.Limited.class);
            stage.alice().close();
            TelegramSession again = stage.open("alice");
            await(again, LoginState.Ready.class);
            assertThat(refused(again.check())).isEqualTo(freezeOf(stage, "alice"));
            again.close();
            stage.world().acts().thaw(stage.id("alice"));
            TelegramSession thawed = stage.open("alice");
            await(thawed, LoginState.Ready.class);
            ok(thawed.check());
        }
    }

    @Test
    default void anAccountThatIsFrozenWhenItLogsInIsToldSoToo() {
        try (Stage stage = stage(aliceAndBob().person("username: dora, phone: '+491700000003', frozen: true"))) {
            assertThat(refused(stage.as("dora").check())).isEqualTo(freezeOf(stage, "dora"));
            ok(stage.alice().check());
        }
    }

    @Test
    default void aLivingSessionHasNotEnded() {
        try (Stage stage = stage(aliceAndBob())) {
            ok(stage.alice().findByUsername("bobby"));
            assertThat(stage.alice().endedBecause()).isEmpty();
            assertThat(stage.alice().loginState()).isEqualTo(new LoginState.Ready());
        }
    }
}
