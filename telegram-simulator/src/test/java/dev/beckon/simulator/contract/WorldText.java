package dev.beckon.simulator.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes small world files: each part is what stands between the braces of its entry. */
public final class WorldText {
    private static final Pattern LOSING = Pattern.compile("kind: (AnswerLost|RequestLost|Late)");

    private final List<String> people = new ArrayList<>();
    private final List<String> chats = new ArrayList<>();
    private final List<String> floods = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** Alice, who owns the public supergroup {@code @meetup}; and Bob, who is nowhere. */
    public static WorldText meetup() {
        return aliceAndBob().chat("title: Meetup, username: meetup, owner: alice");
    }

    public static WorldText aliceAndBob() {
        return new WorldText()
                .person("username: alice, name: Alice, phone: '+491700000001'")
                .person("username: bobby, name: Bob, phone: '+491700000002'");
    }

    public WorldText person(String fields) {
        people.add(fields);
        return this;
    }

    public WorldText chat(String fields) {
        chats.add(fields);
        return this;
    }

    public WorldText flood(String fields) {
        floods.add(fields);
        return this;
    }

    public WorldText fault(String fields) {
        faults.add(fields);
        return this;
    }

    /** Whether a fault makes calls wait in vain. */
    boolean losesAnswers() {
        return faults.stream().anyMatch(fault -> LOSING.matcher(fault).find());
    }

    /** A fault of a call of {@code channels.inviteToChannel}. */
    public WorldText inviteFault(String fields) {
        return fault("on: channels.inviteToChannel, " + fields);
    }

    /** A fault of a call of {@code messages.sendMessage}. */
    public WorldText messageFault(String fields) {
        return fault("on: messages.sendMessage, " + fields);
    }

    @Override
    public String toString() {
        return list("people", people) + list("chats", chats) + list("floods", floods) + list("faults", faults);
    }

    private static String list(String name, List<String> entries) {
        StringBuilder yaml = new StringBuilder();
        if (!entries.isEmpty()) {
            yaml.append(name).append(":\n");
            entries.forEach(entry -> yaml.append("  - {").append(entry).append("}\n"));
        }
        return yaml.toString();
    }
}
