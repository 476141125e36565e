package dev.beckon.simulator.mtproto.tl;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A constructor or a method of the schema.
 *
 * @param id the 32 bits that stand before its body on the wire
 * @param result what it is one of, or what the method answers
 */
record TlConstructor(String name, int id, List<TlField> fields, TlType result, boolean method, Set<String> fieldNames) {

    /** Reads {@code name#id field:type … = Result;}. */
    static TlConstructor parse(String line, boolean method) {
        int equals = line.lastIndexOf(" = ");
        String[] words = line.substring(0, equals).split(" ");
        int hash = words[0].indexOf('#');
        List<TlField> fields = List.of(words).subList(1, words.length).stream()
                .filter(word -> !word.startsWith("{"))
                .map(TlField::parse)
                .toList();
        Set<String> names = new HashSet<>();
        fields.forEach(field -> names.add(field.name()));
        return new TlConstructor(
                words[0].substring(0, hash),
                Integer.parseUnsignedInt(words[0].substring(hash + 1), 16),
                fields,
                TlType.parse(line.substring(equals + 3, line.lastIndexOf(';')).trim()),
                method,
                names);
    }
}
