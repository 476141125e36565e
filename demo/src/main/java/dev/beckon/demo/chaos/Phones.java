package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.proof.ControlDoor;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.ledger.report.AccountReport.QrCode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Holds a phone over each QR code that a login shows, one that follows a killed worker's included. */
final class Phones {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final List<Account> accounts;
    private final Ledger ledger;
    private final ControlDoor telegram;
    private final Set<String> scanned = new HashSet<>();

    Phones(Scenario scenario, Ledger ledger, ControlDoor telegram) {
        this.accounts = scenario.accounts().stream().filter(Account::byQrCode).toList();
        this.ledger = ledger;
        this.telegram = telegram;
    }

    /** Until the workers are done. */
    void scan(BooleanSupplier workersDone) throws InterruptedException {
        while (!workersDone.getAsBoolean()) {
            try {
                look();
            } catch (LedgerUnavailableException | UncheckedIOException e) {
                // Database or data centre was killed on purpose; tried again at the next look.
            }
            Thread.sleep(LOOK);
        }
    }

    private void look() {
        Map<String, AccountReport> reports =
                ledger.reports().accounts(accounts.stream().map(Account::uid).toList());
        for (Account account : accounts) {
            Optional<String> link = Optional.ofNullable(reports.get(account.uid()))
                    .flatMap(AccountReport::qr)
                    .map(QrCode::link);
            // One that is no longer valid is not scanned a second time either: its successor is shown.
            if (link.isPresent() && !scanned.contains(link.get())) {
                telegram.scan(account.name(), link.get());
                scanned.add(link.get());
            }
        }
    }
}
