package dev.beckon.simulator.worldfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Resolves the names in a world file, with a problem for each that means nobody. */
record ReferenceReader(References references, Problems problems) {

    /** Distinct, in the order written. */
    List<Long> people(Optional<List<String>> names, String path) {
        List<Long> ids = new ArrayList<>();
        int index = 0;
        for (String name : names.orElse(List.of())) {
            String at = path + "[" + index++ + "]";
            if (name == null) {
                problems.add(at, "is empty: write @username, +phone, an id, or remove it");
                continue;
            }
            references.people(name).ifPresentOrElse(ids::addAll, () -> meansNothing("people", name, at, nobody(name)));
        }
        return ids.stream().distinct().toList();
    }

    Optional<Long> person(Optional<String> name, String path) {
        return name.flatMap(text -> boxed(references.person(text), "people", text, path, nobody(text)));
    }

    Optional<Long> chat(Optional<String> name, String path) {
        return name.flatMap(text -> boxed(
                references.chat(text),
                "chats",
                text,
                path,
                "there is no chat '" + text + "': write @username, id or title of one"));
    }

    private Optional<Long> boxed(OptionalLong id, String kind, String name, String path, String otherwise) {
        if (id.isEmpty()) {
            meansNothing(kind, name, path, otherwise);
            return Optional.empty();
        }
        return Optional.of(id.getAsLong());
    }

    private void meansNothing(String kind, String name, String path, String sentence) {
        if (!problems.mayBeUnread(kind, name)) {
            problems.add(path, sentence);
        }
    }

    private static String nobody(String name) {
        return "there is no person '" + name + "': write @username, +phone or id of one under people";
    }
}
