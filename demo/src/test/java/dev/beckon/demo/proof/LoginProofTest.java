package dev.beckon.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.demo.proof.TruthDoor.Session;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.AccountReport;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An account of whose login all witnesses tell the same, and one thing at a time that must turn the verdict red. */
class LoginProofTest {
    private static final Map<String, Instant> SCANNED = Map.of("fred", Instant.parse("2026-11-26T12:03:04.5Z"));
    private static final Session SESSION = new Session("1", false);

    private static TelegramAccount account(String spec, String state) {
        return Serialization.unmarshal("""
                metadata: {name: fred, uid: f}
                spec: %s
                status: {state: %s, user: {id: 900}}
                """.formatted(spec, state), TelegramAccount.class);
    }

    private static AccountReport report(AccountState state, boolean hasSession) {
        return new AccountReport(
                "f",
                state,
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
                hasSession,
                Optional.empty(),
                1);
    }

    private static LoginEvidence evidence(
            Map<String, Instant> scans, String state, AccountReport report, List<Session> sessions) {
        return new LoginEvidence(List.of(account("{}", state)), scans, Map.of("f", report), Map.of("fred", sessions));
    }

    static Stream<Arguments> wrongs() {
        AccountReport good = report(AccountState.Ready, true);
        List<Session> one = List.of(SESSION);
        return Stream.of(
                Arguments.argumentSet(
                        "nobody scanned", evidence(Map.of(), "Ready", good, one), "fred: no phone scanned its QR code"),
                Arguments.argumentSet(
                        "it still waits",
                        evidence(SCANNED, "WaitingForQrScan", good, one),
                        "fred: the status says WaitingForQrScan"),
                Arguments.argumentSet(
                        "the ledger knows of no login",
                        evidence(SCANNED, "Ready", report(AccountState.WaitingForQrScan, true), one),
                        "fred: the ledger says WaitingForQrScan, with its session"),
                Arguments.argumentSet(
                        "the session was not saved",
                        evidence(SCANNED, "Ready", report(AccountState.Ready, false), one),
                        "fred: the ledger says Ready, without a session"),
                Arguments.argumentSet(
                        "Telegram has no session",
                        evidence(SCANNED, "Ready", good, List.of()),
                        "fred: Telegram has 0 sessions"),
                Arguments.argumentSet(
                        "Telegram has two",
                        evidence(SCANNED, "Ready", good, List.of(SESSION, SESSION)),
                        "fred: Telegram has 2 sessions"),
                Arguments.argumentSet(
                        "no account logs in so",
                        new LoginEvidence(List.of(), Map.of(), Map.of(), Map.of()),
                        "No account logged in by a QR code"));
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void turnsRed(LoginEvidence evidence, String sentence) {
        LoginProof.Verdict verdict = LoginProof.verdict(evidence);
        assertThat(verdict.agrees()).isFalse();
        assertThat(verdict.disagreements()).containsExactly(sentence);
        assertThat(verdict.rows()).noneMatch(LoginProof.Row::agrees);
    }

    @Test
    void isGreenWhenAllAgreeAndPrintsATable() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean agrees = LoginProof.print(
                evidence(SCANNED, "Ready", report(AccountState.Ready, true), List.of(SESSION)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(agrees).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8).lines().map(String::strip))
                .contains(
                        "LOGIN BY QR CODE       PHONE            STATUS           LEDGER                       TELEGRAM HAS     AGREE",
                        "fred                   scanned 12:03:04 Ready            Ready, with its session      1 session        ✓");
    }

    @Test
    void whoLogsInOtherwiseIsNotWaitedFor() {
        String byCode = "{login: {method: PhoneCode, secretRef: {name: fred-login}}}";
        assertThat(LoginEvidence.isSettled(account(byCode, "LoginRequired"))).isTrue();
        assertThat(LoginEvidence.isSettled(account("{}", "WaitingForQrScan"))).isFalse();
        assertThat(LoginEvidence.isSettled(account("{}", "Ready"))).isTrue();
    }
}
