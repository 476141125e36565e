package dev.beckon.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.operator.account.AccountFarewell.Course;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.worker.WorkerRun;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The session of a deleted account is ended when that is asked for, and deletion never waits for ever. */
class AccountFarewellTest {
    private static final Instant DELETED = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant SOON = DELETED.plusSeconds(1);
    private static final Instant LATE = DELETED.plus(AccountFarewell.PATIENCE);

    private static Reading<AccountReport> known(boolean session) {
        return new Reading.Known<>(
                Optional.of(new AccountReport(
                        "uid",
                        AccountState.Ready,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        0,
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        session,
                        Optional.empty(),
                        1)),
                1,
                DELETED);
    }

    private static AccountObserved observed(
            Reading<AccountReport> reading, boolean busy, Instant now, WorkerRun... farewells) {
        TelegramAccount account = new TelegramAccount();
        account.setMetadata(new ObjectMetaBuilder()
                .withName("alice")
                .withUid("uid")
                .withDeletionTimestamp(DELETED.toString())
                .build());
        return new AccountObserved(
                account, reading, List.of(), List.of(), List.of(farewells), Map.of(), List.of(), busy, true, now);
    }

    private static WorkerRun ended(int run, Instant at) {
        return new WorkerRun(
                "team",
                "alice-logout-" + run,
                "job-" + run,
                "logout",
                "alice",
                "uid",
                Optional.empty(),
                run,
                "",
                0,
                "",
                WorkerRun.Phase.FAILED,
                at,
                Optional.of(at),
                "",
                Optional.empty());
    }

    @Test
    void aSessionIsEndedFirst() {
        assertThat(AccountFarewell.plan(observed(known(true), false, SOON))).isEqualTo(new Course.Begin(1));
    }

    @Test
    void whoHasNoSessionGoesAtOnce() {
        assertThat(AccountFarewell.plan(observed(known(false), false, SOON)))
                .isEqualTo(new Course.Release(Optional.empty()));
    }

    @Test
    void aWorkerThatStillUsesTheSessionIsWaitedFor() {
        assertThat(AccountFarewell.plan(observed(known(true), true, SOON))).isInstanceOf(Course.Wait.class);
    }

    @Test
    void aTryThatFailedIsRepeatedAfterAMinute() {
        assertThat(AccountFarewell.plan(observed(known(true), false, SOON, ended(1, SOON))))
                .isEqualTo(new Course.Wait());
        assertThat(AccountFarewell.plan(observed(known(true), false, SOON.plusSeconds(61), ended(1, SOON))))
                .isEqualTo(new Course.Begin(2));
    }

    @Test
    void neitherALedgerThatIsAwayNorATelegramThatIsHoldsTheAccountForEver() {
        Reading<AccountReport> away = new Reading.Unreachable<>(DELETED, "away");
        assertThat(AccountFarewell.plan(observed(away, false, SOON))).isInstanceOf(Course.Wait.class);
        assertThat(AccountFarewell.plan(observed(away, false, LATE)))
                .isEqualTo(new Course.Release(Optional.of("the ledger could not be asked.")));
        assertThat(AccountFarewell.plan(observed(known(true), true, LATE)))
                .isInstanceOfSatisfying(
                        Course.Release.class,
                        release -> assertThat(release.why()).isPresent());
    }
}
