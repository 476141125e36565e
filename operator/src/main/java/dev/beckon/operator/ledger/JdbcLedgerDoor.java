package dev.beckon.operator.ledger;

import dev.beckon.ledger.LedgerConfig;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.LoginCodes;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.content.PostDecisions;
import dev.beckon.ledger.invite.HumanDecisions.Decided;
import dev.beckon.ledger.invite.HumanDecisions.Whom;
import dev.beckon.ledger.webhook.Door;
import dev.beckon.operator.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The real ledger. Connections are made when they are needed, so a database that is down delays no start. */
@ApplicationScoped
public class JdbcLedgerDoor implements LedgerDoor {
    private final OperatorLedger ledger;

    public JdbcLedgerDoor(Settings settings, InstantSource clock) {
        Settings.Ledger wanted = settings.ledger();
        LedgerConfig config = new LedgerConfig(url(wanted), wanted.username(), wanted.password())
                .withCa(wanted.caFile().map(Path::of));
        this.ledger = OperatorLedger.open(config, clock);
    }

    /** The driver's own time-outs are made for workers, who can wait; a URL that names its own keeps them. */
    static String url(Settings.Ledger settings) {
        String url = settings.jdbcUrl();
        return withParameter(
                withParameter(url, "connectTimeout", settings.connectTimeout()),
                "socketTimeout",
                settings.statementTimeout());
    }

    private static String withParameter(String url, String name, Duration value) {
        if (url.contains(name + "=")) {
            return url;
        }
        return url + (url.contains("?") ? "&" : "?") + name + "=" + value.toMillis();
    }

    @Override
    public Reports read(Set<Subject> wanted) {
        Map<Subject, Object> found = new HashMap<>();
        for (Subject.Kind kind : Subject.Kind.values()) {
            Set<String> uids = wanted.stream()
                    .filter(subject -> subject.kind() == kind)
                    .map(Subject::uid)
                    .collect(Collectors.toUnmodifiableSet());
            reports(kind, uids).forEach((uid, report) -> found.put(new Subject(kind, uid), report));
        }
        return new Reports(found, ledger.reports().sequence());
    }

    private Map<String, ?> reports(Subject.Kind kind, Set<String> uids) {
        return switch (kind) {
            case CAMPAIGN -> ledger.reports().campaigns(uids);
            case PARSER -> ledger.reports().parsers(uids);
            case AUTOPOST -> ledger.reports().autoposts(uids);
            case ACCOUNT -> ledger.reports().accounts(uids);
        };
    }

    @Override
    public boolean acknowledge(String breakerId) {
        return ledger.breakers().acknowledge(breakerId);
    }

    @Override
    public void acknowledgeRestored(RestoredLedger.Accepted accepted) {
        ledger.reports().acknowledgeRestored(accepted.number(), accepted.found());
    }

    @Override
    public Decided requeueUnknown(String campaignUid, String value) {
        return ledger.decisions().requeueUnknown(campaignUid, value);
    }

    @Override
    public PostDecisions.Decided publishAgain(String scheduleUid, String post, String value) {
        return ledger.postDecisions().publishAgain(scheduleUid, post, value);
    }

    @Override
    public Decided reassign(String campaignUid, String fromAccountUid, String toAccountUid, Whom whom, String value) {
        return ledger.decisions().reassign(campaignUid, fromAccountUid, toAccountUid, whom, value);
    }

    @Override
    public LoginCodes.Outcome giveLoginCode(String accountUid, String word, boolean waits) {
        return waits
                ? ledger.loginCodes().give(accountUid, word)
                : ledger.loginCodes().spend(accountUid, word);
    }

    @Override
    public void wish(String accountUid, String wisher, Priority priority, Urgency urgency, Duration ttl) {
        ledger.leases().wish(accountUid, wisher, priority, urgency, ttl);
    }

    @Override
    public void withdraw(String accountUid, String wisher) {
        ledger.leases().withdraw(accountUid, wisher);
    }

    @Override
    public void openWebhook(Door door, Duration retention) {
        ledger.webhooks().open(door);
        ledger.campaigns().keepFor(door.campaignUid(), retention);
    }

    @Override
    public void closeWebhook(String campaignUid, String because) {
        ledger.webhooks().close(campaignUid, because);
    }

    @Override
    public void forgetWebhook(String campaignUid) {
        ledger.webhooks().gone(campaignUid);
    }

    @Override
    public List<String> webhooks(String cluster, Optional<String> namespace) {
        return ledger.webhooks().known(cluster, namespace);
    }

    @PreDestroy
    void close() {
        ledger.close();
    }
}
