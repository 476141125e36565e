package dev.beckon.bench.report;

import java.util.Locale;

/** Numbers as people read them: about three digits that mean something. */
public final class Numbers {
    private Numbers() {}

    public static String text(double value) {
        double size = Math.abs(value);
        if (size >= 1_000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size >= 100 || size == 0) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }

    /** The median, and in brackets from where to where it went when there was more than one round. */
    public static String text(Series series) {
        return series.values().size() == 1
                ? text(series.median())
                : text(series.median()) + " (" + text(series.lowest()) + "–" + text(series.highest()) + ")";
    }
}
