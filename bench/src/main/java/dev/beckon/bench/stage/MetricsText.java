package dev.beckon.bench.stage;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Metrics as Prometheus reads them. Pure. */
public final class MetricsText {
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private MetricsText() {}

    /** One line of a metric. */
    public record Sample(Map<String, String> labels, double value) {
        /** A label's value, empty when it has no such label. */
        public String label(String name) {
            return labels.getOrDefault(name, "");
        }
    }

    /** All lines of the metric of exactly that name; none when it is not told. */
    public static Stream<Sample> of(String text, String metric) {
        return text.lines()
                .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .map(line -> {
                    int end = line.lastIndexOf(' ');
                    return new Sample(labels(line.substring(metric.length(), end)), number(line.substring(end + 1)));
                });
    }

    /** The sum of all its lines. */
    public static double sum(String text, String metric) {
        return of(text, metric).mapToDouble(Sample::value).sum();
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }
}
