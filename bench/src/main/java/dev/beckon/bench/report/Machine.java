package dev.beckon.bench.report;

import java.util.Map;

/**
 * Where it was measured.
 *
 * @param versions of what took part, by name
 * @param commit of the checkout; ends with {@code +} when it had changes
 */
public record Machine(
        String processor, int cores, long memoryMib, String kernel, Map<String, String> versions, String commit) {}
