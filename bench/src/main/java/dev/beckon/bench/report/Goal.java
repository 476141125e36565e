package dev.beckon.bench.report;

import java.util.Locale;

/**
 * What a figure should be.
 *
 * @param of whether the bound is for our own value, or for ours divided by the peer's
 */
public record Goal(Of of, Direction direction, double bound) {
    /** What is judged. */
    public enum Of {
        VALUE,
        RATIO
    }

    /** On which side of the bound it is met; the bound itself meets it. */
    public enum Direction {
        AT_MOST("≤"),
        AT_LEAST("≥");

        private final String sign;

        Direction(String sign) {
            this.sign = sign;
        }
    }

    public static Goal valueAtMost(double bound) {
        return new Goal(Of.VALUE, Direction.AT_MOST, bound);
    }

    public static Goal valueAtLeast(double bound) {
        return new Goal(Of.VALUE, Direction.AT_LEAST, bound);
    }

    public static Goal ratioAtMost(double bound) {
        return new Goal(Of.RATIO, Direction.AT_MOST, bound);
    }

    public static Goal ratioAtLeast(double bound) {
        return new Goal(Of.RATIO, Direction.AT_LEAST, bound);
    }

    /** Whether a median meets it; what is no number never does. */
    public boolean isMetBy(double median) {
        return switch (direction) {
            case AT_MOST -> median <= bound;
            case AT_LEAST -> median >= bound;
        };
    }

    /** Such as {@code ≤ 1.3×} or {@code ≥ 40 /s}. */
    public String text(String unit) {
        String number = bound == Math.rint(bound) && of == Of.VALUE
                ? String.format(Locale.ROOT, "%.0f", bound)
                : Numbers.text(bound);
        return (direction.sign + " " + number + (of == Of.RATIO ? "×" : " " + unit)).strip();
    }
}
