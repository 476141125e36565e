package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All a pass knows of an account.
 *
 * @param logins its login Jobs
 * @param pods of those Jobs, by the Job's name
 * @param busy whether a worker uses the account now
 * @param hints whether changes are told by hints
 */
public record AccountObserved(
        TelegramAccount account,
        Reading<AccountReport> reading,
        List<WorkerRun> logins,
        Map<String, WorkerPod> pods,
        boolean busy,
        boolean hints,
        Instant now) {

    public String uid() {
        return account.getMetadata().getUid();
    }

    /** What the last pass wrote; empty on the first. */
    public TelegramAccountStatus before() {
        return account.getStatus() == null ? TelegramAccountStatus.builder().build() : account.getStatus();
    }

    public Optional<AccountReport> report() {
        return reading instanceof Reading.Known<AccountReport> known ? known.report() : Optional.empty();
    }

    public Optional<WorkerRun> activeLogin() {
        return logins.stream().filter(WorkerRun::active).findFirst();
    }
}
