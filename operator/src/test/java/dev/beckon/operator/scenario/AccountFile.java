package dev.beckon.operator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.AccountReport;
import java.time.Instant;
import java.util.Optional;

/** Reads an account's report from a scenario's file. */
final class AccountFile {
    private AccountFile() {}

    static AccountReport report(String uid, JsonNode it, long sequence) {
        return new AccountReport(
                uid,
                AccountState.valueOf(it.path("state").asText("Ready")),
                ReportFields.text(it, "reason"),
                ReportFields.text(it, "message"),
                ReportFields.instant(it, "coolDownUntil"),
                it.has("user")
                        ? Optional.of(new AccountReport.TelegramUser(
                                it.path("user").asLong(),
                                Optional.of("alice_team"),
                                "Alice",
                                Optional.of("+49••••••12")))
                        : Optional.empty(),
                it.has("qr")
                        ? Optional.of(new AccountReport.QrCode(
                                it.path("qr").asText(),
                                ReportFields.instant(it, "qrExpiresAt").orElseThrow()))
                        : Optional.empty(),
                it.path("invites").asInt(),
                it.path("messages").asInt(),
                it.path("joins").asInt(),
                it.path("lookups").asInt(),
                ReportFields.text(it, "holder")
                        .map(holder -> new AccountReport.LeaseHolder(
                                holder, ReportFields.instant(it, "heldSince").orElseThrow(), Instant.MAX)),
                ReportFields.breaker(it),
                it.path("session").asBoolean(true),
                ReportFields.instant(it, "sessionSavedAt"),
                sequence);
    }
}
