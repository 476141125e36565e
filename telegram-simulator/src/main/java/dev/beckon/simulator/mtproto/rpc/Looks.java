package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Content.Look;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How parts of a text look, as TL and back. */
final class Looks {
    private static final Map<String, String> BY_ENTITY = Map.of(
            "messageEntityBold", "bold",
            "messageEntityItalic", "italic",
            "messageEntityStrike", "strikethrough",
            "messageEntitySpoiler", "spoiler",
            "messageEntityCode", "code",
            "messageEntityPre", "block",
            "messageEntityTextUrl", "link");
    private static final Map<String, String> BY_STYLE =
            BY_ENTITY.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    private Looks() {}

    /** What a call tells; addresses, hashtags and the like are found by every client itself and are no look. */
    static List<Look> of(TlObject query) {
        return query.has("entities")
                ? query.objects("entities").stream()
                        .filter(entity -> BY_ENTITY.containsKey(entity.constructor()))
                        .map(Looks::look)
                        .toList()
                : List.of();
    }

    private static Look look(TlObject entity) {
        Optional<String> argument = switch (entity.constructor()) {
            case "messageEntityPre" -> Optional.of(entity.string("language")).filter(language -> !language.isEmpty());
            case "messageEntityTextUrl" -> Optional.of(entity.string("url"));
            default -> Optional.empty();
        };
        return new Look(
                BY_ENTITY.get(entity.constructor()), entity.integer("offset"), entity.integer("length"), argument);
    }

    /** Null when there is none, as a message has it. */
    static List<TlObject> entities(List<Look> looks) {
        return looks.isEmpty() ? null : looks.stream().map(Looks::entity).toList();
    }

    private static TlObject entity(Look look) {
        TlObject entity = TlObject.of(BY_STYLE.get(look.style()))
                .set("offset", look.offset())
                .set("length", look.length());
        return switch (look.style()) {
            case "block" -> entity.set("language", look.argument().orElse(""));
            case "link" -> entity.set("url", look.argument().orElseThrow());
            default -> entity;
        };
    }
}
