package dev.beckon.demo.proof;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.workorder.Count;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares status, ledger and Telegram for accounts that log in by a QR code: a phone scanned it, the account is ready, its session is in the
 * ledger, and Telegram has just that one.
 */
public final class LoginProof {
    private static final String FORMAT = "%-22s %-16s %-16s %-28s %-16s %s%n";
    private static final String NOTHING = "–";

    private final LoginEvidence evidence;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> disagreements = new ArrayList<>();

    private LoginProof(LoginEvidence evidence) {
        this.evidence = evidence;
    }

    /** A line of the table: what each of the witnesses says of an account. */
    record Row(String name, String phone, String status, String ledger, String telegram, boolean agrees) {}

    /** What was found, with a sentence for each disagreement. */
    public record Verdict(List<Row> rows, List<String> disagreements) {
        public boolean agrees() {
            return disagreements.isEmpty();
        }
    }

    /** Judges a run that was to show such a login. */
    public static Verdict verdict(LoginEvidence evidence) {
        LoginProof proof = new LoginProof(evidence);
        evidence.accounts().forEach(proof::account);
        proof.require(!evidence.accounts().isEmpty(), "No account logged in by a QR code");
        return new Verdict(List.copyOf(proof.rows), List.copyOf(proof.disagreements));
    }

    /** Prints the verdict as a table; answers whether all agree. */
    public static boolean print(LoginEvidence evidence, PrintStream out) {
        Verdict verdict = verdict(evidence);
        out.printf("%n" + FORMAT, "LOGIN BY QR CODE", "PHONE", "STATUS", "LEDGER", "TELEGRAM HAS", "AGREE");
        verdict.rows()
                .forEach(row -> out.printf(
                        FORMAT,
                        row.name(),
                        row.phone(),
                        row.status(),
                        row.ledger(),
                        row.telegram(),
                        row.agrees() ? "✓" : "✗"));
        verdict.disagreements().forEach(d -> out.println("✗ " + d));
        return verdict.agrees();
    }

    private void account(TelegramAccount account) {
        String name = account.getMetadata().getName();
        int before = disagreements.size();
        Optional<Instant> scan = Optional.ofNullable(evidence.scans().get(name));
        String status = Optional.ofNullable(account.getStatus())
                .map(TelegramAccountStatus::state)
                .map(Enum::name)
                .orElse(NOTHING);
        Optional<AccountReport> report =
                Optional.ofNullable(evidence.reports().get(account.getMetadata().getUid()));
        String ledger = report.map(LoginProof::words).orElse(NOTHING);
        int sessions = evidence.sessions().getOrDefault(name, List.of()).size();
        require(scan.isPresent(), name + ": no phone scanned its QR code");
        require(status.equals(TelegramAccountStatus.State.Ready.name()), name + ": the status says " + status);
        require(
                report.filter(it -> it.state() == AccountState.Ready && it.hasSession())
                        .isPresent(),
                name + ": the ledger says " + ledger);
        require(sessions == 1, name + ": Telegram has " + Count.of(sessions, "session"));
        rows.add(new Row(
                name,
                scan.map(at -> "scanned " + at.toString().substring(11, 19)).orElse(NOTHING),
                status,
                ledger,
                Count.of(sessions, "session"),
                disagreements.size() == before));
    }

    private static String words(AccountReport report) {
        return report.state() + (report.hasSession() ? ", with its session" : ", without a session");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            disagreements.add(otherwise);
        }
    }
}
