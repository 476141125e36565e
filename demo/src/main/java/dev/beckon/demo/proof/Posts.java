package dev.beckon.demo.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What schedules publish, as what must not be found anywhere but in their chats and in what users wrote. */
final class Posts {
    private static final Predicate<String> POST =
            Pattern.compile(".*\\.(md|txt)").asMatchPredicate();

    /** What stands above a text names its picture, which is no secret. */
    private static final Pattern HEAD = Pattern.compile("\\A---\\R(?s:.*?)\\R---\\R");

    private Posts() {}

    /**
     * The texts of schedules: those in the resource, and those in the ConfigMaps that they name.
     *
     * @param configMaps of all namespaces
     */
    static List<String> of(List<JsonNode> schedules, List<JsonNode> configMaps) {
        List<String> texts = new ArrayList<>();
        for (JsonNode schedule : schedules) {
            for (JsonNode post : schedule.at("/spec/content/posts")) {
                texts.add(post.path("text").asText());
            }
        }
        configMaps.stream()
                .filter(map -> isContent(map, schedules))
                .flatMap(map -> map.path("data").properties().stream())
                .filter(post -> POST.test(post.getKey()))
                .map(post -> HEAD.matcher(post.getValue().asText()).replaceFirst(""))
                .forEach(texts::add);
        return texts;
    }

    /** The ConfigMaps that are no schedule's content: in one that is, its posts stand by the user's own will. */
    static List<JsonNode> butForContents(List<JsonNode> configMaps, List<JsonNode> schedules) {
        return configMaps.stream().filter(map -> !isContent(map, schedules)).toList();
    }

    private static boolean isContent(JsonNode configMap, List<JsonNode> schedules) {
        return schedules.stream()
                .anyMatch(schedule ->
                        configMap.at("/metadata/name").equals(schedule.at("/spec/content/configMapRef/name"))
                                && configMap.at("/metadata/namespace").equals(schedule.at("/metadata/namespace")));
    }
}
