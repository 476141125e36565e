package dev.beckon.operator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.LoginCodes;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.invite.HumanDecisions.Decided;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.report.ParserReport;
import dev.beckon.ledger.webhook.Door;
import dev.beckon.operator.ledger.LedgerDoor;
import dev.beckon.operator.ledger.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A ledger whose reports are written in a YAML file, and which notes what the operator asked of it. */
public final class FakeLedger implements LedgerDoor {
    private final Map<String, CampaignReport> campaigns = new HashMap<>();
    private final Map<String, ParserReport> parsers = new HashMap<>();
    private final Map<String, AutopostReport> autoposts = new HashMap<>();
    private final Map<String, AccountReport> accounts = new HashMap<>();
    private final Set<String> openBreakers = new HashSet<>();
    private final Set<String> usedValues = new HashSet<>();
    private final Set<String> asked = new TreeSet<>();
    private final List<String> webhooks = new ArrayList<>();
    private final boolean down;
    private long sequence;

    public FakeLedger(JsonNode file) {
        down = file.path("down").asBoolean(false);
        sequence = file.path("sequence").asLong(100);
        file.path("webhooks").forEach(it -> webhooks.add(it.asText()));
        file.path("usedAnnotations").forEach(it -> usedValues.add(it.asText()));
        file.path("campaigns")
                .properties()
                .forEach(it -> campaigns.put(it.getKey(), campaign(it.getKey(), it.getValue())));
        file.path("parsers").properties().forEach(it -> parsers.put(it.getKey(), parser(it.getKey(), it.getValue())));
        file.path("autoposts")
                .properties()
                .forEach(it -> autoposts.put(it.getKey(), AutopostFile.report(it.getKey(), it.getValue(), sequence)));
        file.path("accounts")
                .properties()
                .forEach(it -> accounts.put(it.getKey(), account(it.getKey(), it.getValue())));
    }

    /** What was asked, but for reports; each thing once. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private CampaignReport campaign(String uid, JsonNode it) {
        long pending = it.path("pending").asLong();
        long inFlight = it.path("inFlight").asLong();
        long unknown = it.path("unknown").asLong();
        long invited = it.path("invited").asLong();
        long linkSent = it.path("linkSent").asLong();
        long member = it.path("alreadyMember").asLong();
        long skipped = it.path("skipped").asLong();
        long failed = it.path("failed").asLong();
        long total = pending + inFlight + unknown + invited + linkSent + member + skipped + failed;
        List<CampaignReport.OutcomeCount> outcomes = new ArrayList<>();
        it.path("outcomes")
                .properties()
                .forEach(o -> outcomes.add(
                        new CampaignReport.OutcomeCount(o.getKey(), o.getValue().asLong())));
        List<CampaignReport.LineCount> lines = new ArrayList<>();
        it.path("lines")
                .properties()
                .forEach(o -> lines.add(
                        new CampaignReport.LineCount(o.getKey(), o.getValue().asLong())));
        List<CampaignReport.AccountShare> shares = new ArrayList<>();
        it.path("accounts")
                .properties()
                .forEach(share -> shares.add(new CampaignReport.AccountShare(
                        share.getKey(),
                        share.getValue().path("pending").asLong(),
                        share.getValue().path("done").asLong(),
                        instant(share.getValue(), "next"),
                        text(share.getValue(), "waitingFor"),
                        instant(share.getValue(), "newestDue")
                                .map(at -> new CampaignReport.Newest(at, instant(share.getValue(), "askedAt"))))));
        return new CampaignReport(
                uid,
                it.path("imported").asBoolean(true),
                new CampaignReport.Counts(
                        total, pending, inFlight, unknown, invited, linkSent, member, skipped, failed),
                outcomes,
                lines,
                shares,
                it.has("error")
                        ? Optional.of(new CampaignReport.ErrorReport(
                                it.path("error").path("reason").asText(),
                                it.path("error").path("message").asText(),
                                Instant.parse(it.path("error").path("at").asText())))
                        : Optional.empty(),
                breaker(it),
                Optional.empty(),
                instant(it, "lastInvite"),
                it.path("rate").asLong(),
                instant(it, "rateSince").or(() -> Optional.of(World.NOW.minus(Duration.ofHours(1)))),
                instant(it, "next"),
                text(it, "waitingFor"),
                sequence);
    }

    private static ParserReport parser(String uid, JsonNode it) {
        return new ParserReport(
                uid,
                run(it.path("newest")),
                it.has("complete") ? Optional.of(run(it.path("complete"))) : Optional.empty());
    }

    private static ParserReport.Run run(JsonNode it) {
        return new ParserReport.Run(
                it.path("dataset").asText(),
                Dataset.State.valueOf(it.path("state").asText("Reading")),
                it.path("people").asLong(),
                new Dataset.Counts(
                        it.path("scanned").asLong(),
                        it.path("listed").asLong(),
                        it.path("chatTotal").asLong(),
                        it.path("bots").asLong(),
                        it.path("deleted").asLong(),
                        it.path("filtered").asLong(),
                        it.path("duplicates").asLong()),
                it.path("administered").asBoolean(true),
                text(it, "sha256"),
                instant(it, "startedAt").orElse(World.NOW),
                instant(it, "completedAt"),
                instant(it, "exportedAt"),
                instant(it, "next"),
                text(it, "waitingFor"),
                it.has("error")
                        ? Optional.of(new CampaignReport.ErrorReport(
                                it.path("error").path("reason").asText(),
                                it.path("error").path("message").asText(),
                                Instant.parse(it.path("error").path("at").asText())))
                        : Optional.empty());
    }

    private AccountReport account(String uid, JsonNode it) {
        return new AccountReport(
                uid,
                AccountState.valueOf(it.path("state").asText("Ready")),
                text(it, "reason"),
                text(it, "message"),
                instant(it, "coolDownUntil"),
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
                                instant(it, "qrExpiresAt").orElseThrow()))
                        : Optional.empty(),
                it.path("invites").asInt(),
                it.path("messages").asInt(),
                it.path("joins").asInt(),
                it.path("lookups").asInt(),
                text(it, "holder")
                        .map(holder -> new AccountReport.LeaseHolder(
                                holder, instant(it, "heldSince").orElseThrow(), Instant.MAX)),
                breaker(it),
                it.path("session").asBoolean(true),
                instant(it, "sessionSavedAt"),
                sequence);
    }

    private Optional<CampaignReport.BreakerReport> breaker(JsonNode it) {
        if (!it.has("breaker")) {
            return Optional.empty();
        }
        JsonNode breaker = it.path("breaker");
        openBreakers.add(breaker.path("id").asText());
        return Optional.of(new CampaignReport.BreakerReport(
                breaker.path("id").asText(),
                breaker.path("reason").asText(),
                breaker.path("message").asText()));
    }

    private static Optional<Instant> instant(JsonNode node, String field) {
        return text(node, field).map(Instant::parse);
    }

    private static Optional<String> text(JsonNode node, String field) {
        return node.has(field) ? Optional.of(node.path(field).asText()) : Optional.empty();
    }

    @Override
    public Reports read(Set<Subject> wanted) {
        failIfDown();
        Map<Subject, Object> found = new HashMap<>();
        campaigns.forEach((uid, report) -> found.put(Subject.campaign(uid), closed(report)));
        parsers.forEach((uid, report) -> found.put(Subject.parser(uid), report));
        autoposts.forEach((uid, report) -> found.put(Subject.autopost(uid), report));
        accounts.forEach((uid, report) -> found.put(Subject.account(uid), closed(report)));
        found.keySet().retainAll(wanted);
        return new Reports(found, sequence);
    }

    private CampaignReport closed(CampaignReport report) {
        boolean closed = report.breaker()
                .filter(it -> !openBreakers.contains(it.breakerId()))
                .isPresent();
        return closed ? withoutBreaker(report) : report;
    }

    private AccountReport closed(AccountReport report) {
        boolean closed = report.breaker()
                .filter(it -> !openBreakers.contains(it.breakerId()))
                .isPresent();
        return closed ? withoutBreaker(report) : report;
    }

    private static CampaignReport withoutBreaker(CampaignReport it) {
        return new CampaignReport(
                it.campaignUid(),
                it.imported(),
                it.counts(),
                it.outcomes(),
                it.lines(),
                it.accounts(),
                it.lastError(),
                Optional.empty(),
                it.startTime(),
                it.lastInviteTime(),
                it.finishedLastHour(),
                it.finishedSince(),
                it.nextActionTime(),
                it.waitingFor(),
                it.sequence());
    }

    private static AccountReport withoutBreaker(AccountReport it) {
        return new AccountReport(
                it.accountUid(),
                AccountState.Ready,
                Optional.empty(),
                Optional.empty(),
                it.coolDownUntil(),
                it.user(),
                it.qr(),
                it.invites(),
                it.messages(),
                it.joins(),
                it.lookups(),
                it.lease(),
                Optional.empty(),
                it.hasSession(),
                it.sessionSavedAt(),
                it.sequence());
    }

    private void failIfDown() {
        if (down) {
            throw new LedgerUnavailableException("The ledger can't be reached (test).");
        }
    }

    @Override
    public boolean acknowledge(String breakerId) {
        failIfDown();
        asked.add("acknowledge " + breakerId);
        return openBreakers.remove(breakerId);
    }

    @Override
    public void acknowledgeRestored(long atLeast) {
        failIfDown();
        asked.add("acknowledgeRestored " + atLeast);
        sequence = Math.max(sequence, atLeast);
    }

    @Override
    public Decided requeueUnknown(String campaignUid, String value) {
        failIfDown();
        asked.add("requeueUnknown " + value);
        return usedValues.add(value) ? new Decided.Done(2) : new Decided.UsedBefore(2);
    }

    @Override
    public Decided reassign(String campaignUid, String fromAccountUid, String toAccountUid, String value) {
        failIfDown();
        asked.add("reassign from " + fromAccountUid + " to " + toAccountUid);
        return usedValues.add(value) ? new Decided.Done(5) : new Decided.UsedBefore(5);
    }

    @Override
    public LoginCodes.Outcome giveLoginCode(String accountUid, String code, boolean waits) {
        failIfDown();
        asked.add((waits ? "giveLoginCode to " : "spendLoginCode of ") + accountUid);
        if (!usedValues.add(code)) {
            return LoginCodes.Outcome.KNOWN;
        }
        return waits ? LoginCodes.Outcome.HANDED_OVER : LoginCodes.Outcome.NOBODY_WAITS;
    }

    @Override
    public void wish(String accountUid, String wisher, Priority priority, Urgency urgency, Duration ttl) {
        failIfDown();
        asked.add("wish " + (priority == Priority.Invite ? "" : priority + " ") + urgency + " for " + accountUid
                + " by " + wisher);
    }

    @Override
    public void withdraw(String accountUid, String wisher) {
        failIfDown();
    }

    @Override
    public void openWebhook(Door door, Duration retention) {
        failIfDown();
        asked.add("openWebhook of " + door.campaignUid() + " for " + String.join(", ", door.accountUids()) + ": "
                + door.consent().basis() + ", repeats within " + door.dedupWindow() + ", " + door.eventsPerMinute()
                + " a minute"
                + door.secret().tokenDigest().map(_ -> ", token").orElse("")
                + door.secret().signingKey().map(_ -> ", signing key").orElse(""));
    }

    @Override
    public void closeWebhook(String campaignUid, String because) {
        failIfDown();
        asked.add("closeWebhook of " + campaignUid + ": " + because);
    }

    @Override
    public void forgetWebhook(String campaignUid) {
        failIfDown();
        asked.add("forgetWebhook of " + campaignUid);
    }

    @Override
    public List<String> webhooks() {
        failIfDown();
        return List.copyOf(webhooks);
    }
}
