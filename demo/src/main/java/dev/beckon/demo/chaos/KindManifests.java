package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Kinds.Parser;
import dev.beckon.demo.chaos.Kinds.Schedule;
import dev.beckon.demo.chaos.WholeKinds.Posting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Parsers and schedules as a user would apply them; JSON is YAML. */
final class KindManifests {
    private static final String EACH_MINUTE = "* * * * *";

    private KindManifests() {}

    /** Schedules and the ConfigMaps with their posts. */
    static String schedules(WholeKinds kinds) {
        List<Object> all = new ArrayList<>();
        kinds.postings().forEach(posting -> {
            if (posting.inFiles()) {
                all.add(files(posting));
            }
            all.add(schedule(posting));
        });
        return Manifests.list(all);
    }

    /** A parser that runs once, as soon as it is there. */
    static String parser(Parser parser) {
        return Manifests.list(List.of(Manifests.resource(
                "ParserJob",
                Map.of("name", parser.name()),
                Map.of(
                        "source",
                        chat(parser.chat()),
                        "account",
                        Map.of("name", parser.account().name()),
                        "collect",
                        parser.collect().name()))));
    }

    private static Map<String, Object> schedule(Posting posting) {
        Schedule schedule = posting.schedule();
        return Manifests.resource(
                "AutopostSchedule",
                Map.of("name", schedule.name()),
                Map.of(
                        "schedule",
                        EACH_MINUTE,
                        "targets",
                        schedule.chats().stream().map(KindManifests::chat).toList(),
                        "account",
                        Map.of("name", schedule.account().name()),
                        "content",
                        content(posting),
                        "whenExhausted",
                        "Stop",
                        "concurrencyPolicy",
                        posting.queues() ? "Allow" : "Forbid",
                        "missedRuns",
                        posting.queues() ? "Skip" : "PublishOnce"));
    }

    private static Object content(Posting posting) {
        return posting.inFiles()
                ? Map.of("configMapRef", Map.of("name", posting.schedule().name()))
                : Map.of(
                        "posts",
                        numbers(posting)
                                .mapToObj(n -> Map.of(
                                        "name",
                                        name(n),
                                        "text",
                                        posting.schedule().markdown(n)))
                                .toList());
    }

    private static Map<String, Object> files(Posting posting) {
        Schedule schedule = posting.schedule();
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", schedule.name()),
                "data",
                numbers(posting).boxed().collect(Collectors.toMap(n -> name(n) + ".md", schedule::markdown)));
    }

    private static IntStream numbers(Posting posting) {
        return IntStream.rangeClosed(1, posting.posts());
    }

    /** In the order of the numbers also where names are sorted. */
    private static String name(int n) {
        return "post-%02d".formatted(n);
    }

    private static String chat(String name) {
        return "@chaos_" + name;
    }
}
