package dev.beckon.demo.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Human;
import dev.beckon.demo.chaos.Scenario.Identity;
import dev.beckon.demo.chaos.Scenario.Trouble;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A scenario as the simulator's world file; JSON is YAML. */
final class WorldYaml {
    /** The login code of every account. */
    private static final String LOGIN_CODE = "24680";

    /** The second factor of every account that has one. */
    private static final String PASSWORD = "a second factor of chaos";

    private static final String OWNER = "owner";
    private static final long OWNER_ID = 1_000_001;

    private WorldYaml() {}

    static String of(Scenario scenario) {
        return of(scenario, Kinds.NONE);
    }

    static String of(Scenario scenario, Kinds kinds) {
        KindsYaml others = new KindsYaml(kinds, OWNER);
        Map<String, Object> world = new LinkedHashMap<>();
        world.put("loginCode", LOGIN_CODE);
        world.put(
                "people",
                Stream.of(
                                Stream.<Map<String, Object>>of(Map.of("id", OWNER_ID, "username", OWNER)),
                                scenario.accounts().stream().map(WorldYaml::account),
                                scenario.people().stream().map(WorldYaml::human),
                                others.people())
                        .flatMap(Function.identity())
                        .toList());
        world.put(
                "chats",
                Stream.concat(scenario.campaigns().stream().map(c -> chat(scenario, c)), others.chats())
                        .toList());
        world.put(
                "faults",
                Stream.concat(scenario.people().stream().flatMap(WorldYaml::faults), others.faults().stream())
                        .toList());
        try {
            return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(world);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts can always be written", e);
        }
    }

    private static Map<String, Object> account(Account account) {
        Map<String, Object> person =
                new LinkedHashMap<>(Map.of("id", account.userId(), "username", account.name(), "name", "Team"));
        switch (account.identity()) {
            case Identity.Phone(String number) -> person.put("phone", number);
            case Identity.Token(String text) -> person.put("botToken", text);
        }
        if (account.byQrCode()) {
            person.put("password", PASSWORD);
        }
        return person;
    }

    /** What the Secret of an account's login holds. */
    static Map<String, String> credentials(Account account) {
        return switch (account.identity()) {
            case Identity.Phone _ when account.byQrCode() -> Map.of("password", PASSWORD);
            case Identity.Phone(String number) -> Map.of("phone", number, "code", LOGIN_CODE);
            case Identity.Token(String text) -> Map.of("bot-token", text);
        };
    }

    private static Map<String, Object> human(Human human) {
        Map<String, Object> person = new LinkedHashMap<>();
        person.put("id", human.id());
        person.put("username", human.username());
        person.put("phone", human.phone());
        person.put("name", "Guest" + human.id());
        if (human.noInvites()) {
            person.put("privacy", Map.of("invites", "Nobody"));
        }
        return person;
    }

    private static Map<String, Object> chat(Scenario scenario, Campaign campaign) {
        List<String> accounts = campaign.accounts().stream().map(Account::name).toList();
        Map<String, Object> chat = new LinkedHashMap<>();
        chat.put("title", "Chat " + campaign.chat());
        chat.put("username", "chaos_" + campaign.chat());
        chat.put("owner", OWNER);
        chat.put(campaign.administrators() ? "admins" : "members", accounts);
        List<String> left = scenario.people().stream()
                .filter(human ->
                        human.leftBefore().filter(campaign.chat()::equals).isPresent())
                .map(Human::username)
                .toList();
        if (!left.isEmpty()) {
            chat.put("left", left);
        }
        return chat;
    }

    private static Stream<Map<String, Object>> faults(Human human) {
        return human.trouble().stream().flatMap(trouble -> switch (trouble) {
            case ANSWER_LOST -> onBoth(human, trouble, "AnswerLost");
            case LATE -> onBoth(human, trouble, "Late");
            case SENT_TWICE -> onBoth(human, trouble, "DoneThenConnectionDropped");
            case JOINED_ALONE -> Stream.of(fault(human, trouble, "channels.inviteToChannel", "JoinedAlone"));
            case ADDED_THEN_LEFT -> Stream.of(fault(human, trouble, "channels.inviteToChannel", "AddedThenLeft"));
            case DELETED_FOR_BOTH_SIDES ->
                Stream.of(fault(human, trouble, "messages.sendMessage", "DeletedForBothSides"));
        });
    }

    private static Stream<Map<String, Object>> onBoth(Human human, Trouble trouble, String kind) {
        return Stream.of(
                fault(human, trouble, "channels.inviteToChannel", kind),
                fault(human, trouble, "messages.sendMessage", kind));
    }

    private static Map<String, Object> fault(Human human, Trouble trouble, String method, String kind) {
        Map<String, Object> fault = new LinkedHashMap<>(Map.of("on", method, "person", human.username(), "kind", kind));
        if (trouble == Trouble.LATE) {
            fault.put("delay", "3s");
        }
        return fault;
    }

    /** The methods that Telegram refuses or spoils, for the report. */
    static List<String> troubles(Scenario scenario) {
        List<String> names = new ArrayList<>();
        scenario.people().forEach(h -> h.trouble().ifPresent(t -> names.add(t.name())));
        return names;
    }
}
