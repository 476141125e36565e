package dev.beckon.bench.report;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where it was measured.
 *
 * @param versions of what took part, by name
 * @param commit of the checkout; ends with {@code +} when it had changes
 */
public record Machine(
        String processor, int cores, long memoryMib, String kernel, Map<String, String> versions, String commit) {
    /** As pages show it, but for the commit. */
    public String lines() {
        String programs = new TreeMap<>(versions)
                .entrySet().stream()
                        .map(it -> it.getKey() + " " + it.getValue())
                        .collect(Collectors.joining(", "));
        return "- Machine: " + cores + " cores (" + processor + "), " + memoryMib / 1024 + " GiB, Linux " + kernel
                + "\n- Versions: " + programs + "\n";
    }
}
