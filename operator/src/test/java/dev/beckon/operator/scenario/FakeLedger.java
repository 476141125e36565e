package dev.beckon.operator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.LoginCodes;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.content.PostDecisions;
import dev.beckon.ledger.invite.HumanDecisions.Decided;
import dev.beckon.ledger.invite.HumanDecisions.Whom;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.report.ParserReport;
import dev.beckon.ledger.webhook.Door;
import dev.beckon.operator.ledger.LedgerDoor;
import dev.beckon.operator.ledger.RestoredLedger;
import dev.beckon.operator.ledger.Subject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A ledger whose reports are written in a YAML file, and which notes what the operator asked of it. */
public final class FakeLedger implements LedgerDoor {
    private Optional<String> lookedFor = Optional.empty();
    private final Map<String, CampaignReport> campaigns = new HashMap<>();
    private final Map<String, ParserReport> parsers = new HashMap<>();
    private final Map<String, AutopostReport> autoposts = new HashMap<>();
    private final Map<String, AccountReport> accounts = new HashMap<>();
    private final Set<String> openBreakers = new HashSet<>();
    private final Set<String> usedValues = new HashSet<>();
    private final Set<String> asked = new TreeSet<>();
    private final Map<String, String> webhooks = new TreeMap<>();
    private final Map<String, Long> atTheLastMoment = new HashMap<>();
    private final boolean down;
    private int refusals;
    private long sequence;

    public FakeLedger(JsonNode file) {
        down = file.path("down").asBoolean(false);
        refusals = file.path("refusesRequests").asInt(0);
        sequence = file.path("sequence").asLong(100);
        // By the campaign's uid the cluster's; empty when it is not known.
        file.path("webhooks")
                .properties()
                .forEach(it -> webhooks.put(it.getKey(), it.getValue().asText()));
        // How many come by webhook before the door is closed, and after it was last looked.
        file.path("comeAtTheLastMoment")
                .properties()
                .forEach(it -> atTheLastMoment.put(it.getKey(), it.getValue().asLong()));
        file.path("usedAnnotations").forEach(it -> usedValues.add(it.asText()));
        file.path("campaigns")
                .properties()
                .forEach(it -> campaigns.put(it.getKey(), CampaignFile.report(it.getKey(), it.getValue(), sequence)));
        file.path("parsers")
                .properties()
                .forEach(it -> parsers.put(it.getKey(), ParserFile.report(it.getKey(), it.getValue())));
        file.path("autoposts")
                .properties()
                .forEach(it -> autoposts.put(it.getKey(), AutopostFile.report(it.getKey(), it.getValue(), sequence)));
        file.path("accounts")
                .properties()
                .forEach(it -> accounts.put(it.getKey(), AccountFile.report(it.getKey(), it.getValue(), sequence)));
        campaigns.values().forEach(it -> it.breaker().ifPresent(breaker -> openBreakers.add(breaker.breakerId())));
        accounts.values().forEach(it -> it.breaker().ifPresent(breaker -> openBreakers.add(breaker.breakerId())));
    }

    /** What was asked, but for reports; each thing once. */
    public List<String> asked() {
        return List.copyOf(asked);
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

    /** Also the first requests of a person, though reports are read: the ledger went away between the two. */
    private void failIfAway() {
        failIfDown();
        if (refusals > 0) {
            refusals--;
            throw new LedgerUnavailableException("The ledger went away (test).");
        }
    }

    @Override
    public boolean acknowledge(String breakerId) {
        failIfAway();
        asked.add("acknowledge " + breakerId);
        return openBreakers.remove(breakerId);
    }

    @Override
    public void acknowledgeRestored(RestoredLedger.Accepted accepted) {
        failIfAway();
        asked.add("acknowledgeRestored " + accepted.number());
        sequence = Math.max(sequence, accepted.number());
    }

    @Override
    public Decided requeueUnknown(String campaignUid, String value) {
        failIfAway();
        asked.add("requeueUnknown " + value);
        return usedValues.add(value) ? new Decided.Done(2) : new Decided.UsedBefore(2);
    }

    @Override
    public PostDecisions.Decided publishAgain(String scheduleUid, String post, String value) {
        failIfAway();
        asked.add("publishAgain " + post + " by " + value);
        if (!usedValues.add(value)) {
            return new PostDecisions.Decided.UsedBefore();
        }
        AutopostReport before = autoposts.get(scheduleUid);
        if (before == null || !before.unknownPosts().contains(post)) {
            return new PostDecisions.Decided.NotUnknown();
        }
        autoposts.put(scheduleUid, AutopostFile.again(before, post));
        return new PostDecisions.Decided.Again(1);
    }

    @Override
    public Decided reassign(String campaignUid, String fromAccountUid, String toAccountUid, Whom whom, String value) {
        failIfAway();
        asked.add("reassign " + whom + " from " + fromAccountUid + " to " + toAccountUid);
        return usedValues.add(value) ? new Decided.Done(5) : new Decided.UsedBefore(5);
    }

    @Override
    public LoginCodes.Outcome giveLoginCode(String accountUid, String word, boolean waits) {
        failIfDown();
        asked.add((waits ? "giveLoginCode to " : "spendLoginCode of ") + accountUid);
        if (!usedValues.add(word)) {
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
                + door.secret().signingKey().map(_ -> ", signing key").orElse("")
                + door.deadline().map(at -> ", until " + at).orElse("")
                + (door.cluster().isEmpty() ? "" : ", of cluster " + door.cluster()));
    }

    @Override
    public void closeWebhook(String campaignUid, String because) {
        failIfDown();
        asked.add("closeWebhook of " + campaignUid + ": " + because);
        Optional.ofNullable(atTheLastMoment.remove(campaignUid))
                .ifPresent(people ->
                        campaigns.compute(campaignUid, (uid, before) -> CampaignFile.withMore(before, people)));
    }

    @Override
    public void forgetWebhook(String campaignUid) {
        failIfDown();
        asked.add("forgetWebhook of " + campaignUid);
    }

    /** The namespace whose webhooks were looked for last. */
    public Optional<String> lookedFor() {
        return lookedFor;
    }

    @Override
    public List<String> webhooks(String cluster, Optional<String> namespace) {
        failIfDown();
        lookedFor = namespace;
        return webhooks.entrySet().stream()
                .filter(it -> it.getValue().isEmpty() || it.getValue().equals(cluster))
                .map(Map.Entry::getKey)
                .toList();
    }
}
