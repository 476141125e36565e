package dev.beckon.demo.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A scenario as a user would apply it; JSON is YAML. */
final class Manifests {
    /** Long enough that the search for leaks looks for it. */
    private static final String MESSAGE =
            "Hello {{first_name}}, you are welcome to join us in {{chat}}, by this link of yours: {{link}}";

    /** Who posts to the webhooks has it. */
    static final String HOOK_TOKEN = "who-has-this-may-bring-somebody";

    private static final String HOOK = "hook";
    private static final String APPLICATION = "tg-app";
    private static final String PAIR = "pair";
    private static final JsonMapper JSON = new JsonMapper();

    private final String timeZone;

    /** @param timeZone one in which people may be contacted now */
    Manifests(String timeZone) {
        this.timeZone = timeZone;
    }

    /** Accounts and what they log in with. */
    String accounts(Scenario scenario) {
        List<Object> all = new ArrayList<>();
        all.add(secret(APPLICATION, Map.of("api-id", "17349", "api-hash", "00112233445566778899aabbccddeeff")));
        scenario.accounts().forEach(account -> {
            all.add(secret(account.name() + "-login", WorldYaml.credentials(account)));
            all.add(account(account));
        });
        return list(all);
    }

    /** Campaigns and their audiences. */
    String campaigns(Scenario scenario) {
        List<Object> all = new ArrayList<>();
        all.add(secret(HOOK, Map.of("token", HOOK_TOKEN)));
        scenario.campaigns().forEach(campaign -> {
            if (!WholeScenario.inline(campaign) && !WholeScenario.called(campaign)) {
                all.add(secret(campaign.name(), Map.of(Orders.AUDIENCE, Orders.audience(campaign))));
            }
            all.add(campaign(campaign));
        });
        return list(all);
    }

    private static Map<String, Object> account(Account account) {
        return resource(
                "TelegramAccount",
                Map.of("name", account.name(), "labels", Map.of(PAIR, String.valueOf(account.index() < 2))),
                Map.of(
                        "apiCredentials", Map.of("secretRef", Map.of("name", APPLICATION)),
                        "login",
                                Map.of(
                                        "method",
                                        account.method().name(),
                                        "secretRef",
                                        Map.of("name", account.name() + "-login")),
                        // The most that the schema allows.
                        "limits",
                                Map.of(
                                        "invitesPerDay", 100,
                                        "messagesPerDay", 100,
                                        "joinsPerDay", 20,
                                        "lookupsPerDay", 200)));
    }

    private Map<String, Object> campaign(Campaign campaign) {
        Object accounts = campaign.accounts().size() > 1
                ? Map.of("selector", Map.of("matchLabels", Map.of(PAIR, "true")))
                : Map.of("names", List.of(campaign.accounts().getFirst().name()));
        return resource(
                "InviteCampaign",
                Map.of("name", campaign.name()),
                Map.of(
                        "target", "@chaos_" + campaign.chat(),
                        "accounts", accounts,
                        "audience", audience(campaign),
                        "consent", Map.of("basis", "OptIn", "evidence", "chaos"),
                        "mode", campaign.mode().name(),
                        "message", MESSAGE,
                        "pacing", pacing(campaign),
                        "retry", Map.of("maxAttempts", 10, "backoff", "10s"),
                        // Not what is tried here: it never trips.
                        "breaker", Map.of("failureRatio", 1.0, "minAttempts", 1000)));
    }

    private static Object audience(Campaign campaign) {
        if (WholeScenario.called(campaign)) {
            return Map.of("webhook", Map.of("secretRef", Map.of("name", HOOK)));
        }
        return WholeScenario.inline(campaign)
                ? Map.of(
                        "inline",
                        campaign.audience().stream()
                                .map(line -> Map.of("username", line.human().username()))
                                .toList())
                : Map.of("secretRef", Map.of("name", campaign.name(), "key", Orders.AUDIENCE));
    }

    private Map<String, Object> pacing(Campaign campaign) {
        return Map.of(
                "delay",
                Map.of("min", "1s", "max", "2s"),
                "window",
                Map.of("start", "08:00", "end", "22:00", "timeZone", timeZone),
                "perChatPerDay",
                200,
                // Some give their pod back for a short wait and are resumed, the others sleep.
                "hibernateAfter",
                campaign.administrators() ? "5m" : "5s");
    }

    private static Map<String, Object> secret(String name, Map<String, String> data) {
        return Map.of("apiVersion", "v1", "kind", "Secret", "metadata", Map.of("name", name), "stringData", data);
    }

    static Map<String, Object> resource(String kind, Object metadata, Object spec) {
        return Map.of("apiVersion", "beckon.dev/v1alpha1", "kind", kind, "metadata", metadata, "spec", spec);
    }

    static String list(List<?> items) {
        try {
            return JSON.writeValueAsString(Map.of("apiVersion", "v1", "kind", "List", "items", items));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts can always be written", e);
        }
    }
}
