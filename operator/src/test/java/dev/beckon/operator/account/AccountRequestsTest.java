package dev.beckon.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.beckon.crd.Labels;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict.Said;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.scenario.FakeLedger;
import dev.beckon.operator.worker.WorkerRun;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A login code reaches the login that waits for it, and its fate is told. */
class AccountRequestsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final HumanRequests done = new HumanRequests();
    private final ReportBook book = new ReportBook(InstantSource.fixed(NOW));
    private final AccountRequests requests = requests(false);

    private AccountRequests requests(boolean ledgerIsDown) {
        return new AccountRequests(
                new FakeLedger(JsonNodeFactory.instance.objectNode().put("down", ledgerIsDown)), book, done);
    }

    @Test
    void aCodeThatTheLedgerCouldNotTakeIsGivenWhenItAnswers() {
        assertThat(requests(true).carryOut(waits("12345", NOW))).isEmpty();

        assertThat(requests.carryOut(waits("12345", NOW)))
                .get()
                .extracting(Said::reason)
                .isEqualTo(Reason.LoginCodeGiven);
        assertThat(requests.carryOut(waits("12345", NOW))).isEmpty();
    }

    @Test
    void eachCodesFateIsNewsAndNamesNoCode() {
        Said first = requests.carryOut(waits("12345", NOW)).orElseThrow();
        Said second = requests.carryOut(waits("67890", NOW.plusSeconds(65))).orElseThrow();

        assertThat(first.message()).contains("2026-11-23T12:00:00Z").doesNotContain("12345");
        assertThat(second.message()).contains("2026-11-23T12:01:05Z").doesNotContain("67890");
    }

    @Test
    void aCodeThatCanBeNoneIsRefusedOnceAlsoByTheNextOperator() {
        assertThat(requests.carryOut(waits("one two", NOW))).get().satisfies(said -> {
            assertThat(said.reason()).isEqualTo(Reason.AnnotationRefused);
            assertThat(said.message()).contains("no code of Telegram's").doesNotContain("one two");
        });
        done.forget("uid");

        assertThat(requests.carryOut(waits("one two", NOW.plusSeconds(5)))).isEmpty();
    }

    private static AccountObserved waits(String code, Instant now) {
        TelegramAccount account = new TelegramAccount();
        account.setMetadata(new ObjectMetaBuilder()
                .withName("alice")
                .withUid("uid")
                .withAnnotations(Map.of(Labels.LOGIN_CODE, code))
                .build());
        AccountReport report = new AccountReport(
                "uid",
                AccountState.WaitingForCode,
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
                false,
                Optional.empty(),
                1);
        WorkerRun login = new WorkerRun(
                "team",
                "alice-login-1",
                "job-1",
                "login",
                "alice",
                "uid",
                Optional.empty(),
                1,
                "",
                0,
                "",
                WorkerRun.Phase.ACTIVE,
                NOW,
                Optional.empty(),
                "",
                Optional.empty());
        return new AccountObserved(
                account,
                new Reading.Known<>(Optional.of(report), 1, now),
                List.of(login),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                true,
                true,
                now);
    }
}
