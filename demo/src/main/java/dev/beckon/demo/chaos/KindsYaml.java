package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Kinds.Parser;
import dev.beckon.demo.chaos.Kinds.Schedule;
import dev.beckon.demo.chaos.Kinds.Trouble;
import dev.beckon.workorder.ParseOrder.Collect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a world file holds for the kinds: crowds, the chats of parsers and posts, and their faults. */
record KindsYaml(Kinds kinds, String owner) {
    Stream<Map<String, Object>> people() {
        return kinds.parsers().stream()
                .map(parser -> Map.of("generate", Map.of("count", parser.crowd(), "prefix", parser.prefix())));
    }

    Stream<Map<String, Object>> chats() {
        return Stream.concat(
                kinds.parsers().stream().map(this::crowd),
                kinds.schedules().stream().flatMap(this::targets));
    }

    private Map<String, Object> crowd(Parser parser) {
        Map<String, Object> chat = new LinkedHashMap<>();
        chat.put("title", "Crowd " + parser.chat());
        chat.put("username", "chaos_" + parser.chat());
        chat.put("owner", owner);
        chat.put("members", List.of(parser.account().name(), parser.prefix() + "*"));
        if (parser.collect() == Collect.Authors) {
            chat.put("messages", messages(parser));
        }
        return chat;
    }

    /** Every second one wrote, and every third of these once more: who wrote is neither everybody nor as many as there are messages. */
    private static List<Map<String, Object>> messages(Parser parser) {
        return Stream.concat(every(2, parser.crowd()), every(6, parser.crowd()))
                .<Map<String, Object>>map(n -> Map.of("from", parser.prefix() + n, "text", "Hello"))
                .toList();
    }

    private static Stream<Integer> every(int step, int last) {
        return IntStream.iterate(step, n -> n <= last, n -> n + step).boxed();
    }

    private Stream<Map<String, Object>> targets(Schedule schedule) {
        String account = schedule.account().name();
        boolean bot = schedule.account().isBot();
        Map<String, Object> channel = target("News", schedule.chats().getFirst(), bot ? owner : account);
        channel.put("kind", "Channel");
        Map<String, Object> group = target("Talk", schedule.chats().getLast(), owner);
        if (bot) {
            // A bot owns nothing.
            channel.put("admins", List.of(account));
            group.put("admins", List.of(account));
        } else {
            group.put("members", List.of(account));
        }
        return Stream.of(channel, group).limit(schedule.chats().size());
    }

    private static Map<String, Object> target(String title, String chat, String owner) {
        return new LinkedHashMap<>(Map.of("title", title + " " + chat, "username", "chaos_" + chat, "owner", owner));
    }

    List<Map<String, Object>> faults() {
        List<Map<String, Object>> faults = new ArrayList<>();
        for (Schedule schedule : kinds.schedules()) {
            schedule.trouble().ifPresent(trouble -> {
                Map<String, Object> refused =
                        fault("messages.sendMessage", schedule.chats().getFirst(), "Error");
                refused.put("text", "ENTITY_BOUNDS_INVALID");
                // Twice, for the first answer may be lost with a server that is killed: then nobody would fall back.
                // Without formatting it passes.
                refused.put("formatted", true);
                refused.put("times", 2);
                faults.add(refused);
                Map<String, Object> fault =
                        fault("messages.sendMessage", schedule.chats().getLast(), trouble.kind());
                if (trouble == Trouble.LATE) {
                    fault.put("delay", "3s");
                }
                faults.add(fault);
                if (schedule.deleted()) {
                    Map<String, Object> deleted =
                            fault("messages.sendMessage", schedule.chats().getFirst(), "DeletedForBothSides");
                    deleted.put("times", Kinds.MOST_RUNS * 2);
                    faults.add(deleted);
                }
            });
        }
        for (Parser parser : kinds.parsers()) {
            String page = parser.collect() == Collect.Authors ? "messages.getHistory" : "channels.getParticipants";
            Map<String, Object> fault =
                    fault(page, parser.chat(), parser.trouble().kind());
            fault.put("after", 1);
            faults.add(fault);
        }
        return faults;
    }

    private static Map<String, Object> fault(String method, String chat, String kind) {
        return new LinkedHashMap<>(Map.of("on", method, "chat", "@chaos_" + chat, "kind", kind));
    }
}
