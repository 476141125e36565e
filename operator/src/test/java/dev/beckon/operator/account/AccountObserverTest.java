package dev.beckon.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.Bells;
import dev.beckon.operator.OperatorMetrics;
import dev.beckon.operator.TestSettings;
import dev.beckon.operator.hint.Hints;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.ReportReader;
import dev.beckon.operator.scenario.FakeLedger;
import dev.beckon.operator.worker.FleetIndex;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountObserverTest {
    private static final String UID = "account-uid";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));

    private final FleetIndex fleet = new FleetIndex();
    private final ReportBook book = new ReportBook(CLOCK);
    private final ReportReader reader = new ReportReader(
            book,
            new FakeLedger(JsonNodeFactory.instance.objectNode()),
            new Bells(),
            CLOCK,
            new OperatorMetrics(new SimpleMeterRegistry()));
    private final AccountObserver observer =
            new AccountObserver(_ -> List.of(), fleet, book, new NoHints(), CLOCK, TestSettings.defaults());
    private final TelegramAccount account = new TelegramAccount();

    @BeforeEach
    void aLoginWaitsForAPerson() {
        account.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("alice")
                .withUid(UID)
                .build());
        fleet.put(login(WorkerRun.Phase.ACTIVE));
        observer.observe(account);
        reader.readOnce();
        assertThat(observer.observe(account).reading()).isInstanceOf(Reading.Known.class);
    }

    /** Or a second login would begin, though the first one has just made the account ready. */
    @Test
    void whatWasReadBeforeALoginsEndIsNotBelievedAlsoWhenOnlyTheRemovalOfItsJobIsSeen() {
        fleet.removeRun("job");

        assertThat(observer.observe(account).reading()).isInstanceOf(Reading.Asked.class);
        reader.readOnce();
        assertThat(observer.observe(account).reading()).isInstanceOf(Reading.Known.class);
    }

    @Test
    void theRemovalOfAJobThatWasSeenToEndIsNoNews() {
        fleet.put(login(WorkerRun.Phase.SUCCEEDED));
        assertThat(observer.observe(account).reading()).isInstanceOf(Reading.Asked.class);
        reader.readOnce();

        fleet.removeRun("job");

        assertThat(observer.observe(account).reading()).isInstanceOf(Reading.Known.class);
    }

    /** A Job that somebody deletes leaves its pod a while, which may finish what it is at. */
    @Test
    void whatWasReadWhileAPodOutlivedItsJobIsNotBelievedWhenThePodHasEnded() {
        fleet.put(pod());
        fleet.removeRun("job");
        observer.observe(account);
        reader.readOnce();
        assertThat(observer.observe(account).reading()).isInstanceOf(Reading.Known.class);
        assertThat(observer.observe(account).busy()).isTrue();

        fleet.removePod("pod");

        assertThat(observer.observe(account).reading()).isInstanceOf(Reading.Asked.class);
        reader.readOnce();
        assertThat(observer.observe(account).reading()).isInstanceOf(Reading.Known.class);
        assertThat(observer.observe(account).busy()).isFalse();
    }

    private static WorkerPod pod() {
        return new WorkerPod(
                "team",
                "alice-login-1-x7f9a",
                "pod",
                UID,
                "alice-login-1",
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static WorkerRun login(WorkerRun.Phase phase) {
        return new WorkerRun(
                "team",
                "alice-login-1",
                "job",
                "login",
                "alice",
                UID,
                Optional.empty(),
                1,
                "",
                0,
                "",
                phase,
                Instant.EPOCH,
                Optional.empty(),
                "",
                Optional.empty());
    }

    private record NoHints() implements Hints {
        @Override
        public boolean configured() {
            return false;
        }

        @Override
        public boolean connected() {
            return false;
        }
    }
}
