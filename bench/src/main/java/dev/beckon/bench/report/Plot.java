package dev.beckon.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Curves over one axis as an SVG picture, a panel for each. Pure: the same numbers give the same bytes. */
public final class Plot {
    private static final int COLUMNS = 2;
    private static final int WIDTH = 400;
    private static final int HEIGHT = 220;
    private static final int LEFT = 60;
    private static final int RIGHT = 24;
    private static final int TOP = 44;
    private static final int BOTTOM = 36;
    private static final int TICKS = 4;
    private static final List<String> COLOURS = List.of("#0b6bcb", "#b45309");
    private static final String STYLE = "text{font:12px sans-serif;fill:#1f2937}.t{font-weight:bold}.n{fill:#6b7280}";

    private Plot() {}

    /**
     * Curves of one unit.
     *
     * @param goal drawn as a dashed line
     */
    public record Panel(String title, String unit, List<Line> lines, OptionalDouble goal) {
        public Panel {
            lines = List.copyOf(lines);
        }
    }

    /** @param name shown where a panel has more than one; empty otherwise */
    public record Line(String name, List<Double> values) {
        public Line {
            values = List.copyOf(values);
        }
    }

    /** @param at where on the axis each value of each line stands, growing */
    public static String svg(String axis, List<Integer> at, List<Panel> panels) {
        int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
        StringBuilder svg =
                new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
                <style>%s</style>
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                """.formatted(COLUMNS * WIDTH, rows * HEIGHT, COLUMNS * WIDTH, rows * HEIGHT, STYLE));
        for (int index = 0; index < panels.size(); index++) {
            svg.append("<g transform=\"translate(%d,%d)\">\n"
                    .formatted(index % COLUMNS * WIDTH, index / COLUMNS * HEIGHT));
            panel(svg, axis, at, panels.get(index));
            svg.append("</g>\n");
        }
        return svg.append("</svg>\n").toString();
    }

    private static void panel(StringBuilder svg, String axis, List<Integer> at, Panel panel) {
        double top = ceiling(panel);
        String unit = panel.unit().isEmpty() ? "" : ", " + panel.unit();
        text(svg, LEFT, 18, "start", "t", panel.title() + unit);
        for (int tick = 0; tick <= TICKS; tick++) {
            double value = top * tick / TICKS;
            double y = y(value, top);
            line(svg, LEFT, y, WIDTH - RIGHT, y, "stroke=\"#e5e7eb\"");
            text(svg, LEFT - 6, y + 4, "end", "n", Numbers.text(value));
        }
        for (int x : at) {
            text(svg, x(x, at), HEIGHT - BOTTOM + 16, "middle", "n", Numbers.text(x));
        }
        text(svg, WIDTH - RIGHT, HEIGHT - 4, "end", "n", axis);
        panel.goal().ifPresent(goal -> {
            double y = y(goal, top);
            line(svg, LEFT, y, WIDTH - RIGHT, y, "stroke=\"#b91c1c\" stroke-dasharray=\"6 4\"");
        });
        for (int index = 0; index < panel.lines().size(); index++) {
            curve(svg, at, panel.lines().get(index), top, COLOURS.get(index % COLOURS.size()), index);
        }
    }

    private static void curve(StringBuilder svg, List<Integer> at, Line curve, double top, String colour, int index) {
        StringBuilder points = new StringBuilder();
        for (int point = 0; point < at.size(); point++) {
            points.append(points.isEmpty() ? "" : " ")
                    .append(number(x(at.get(point), at)))
                    .append(',')
                    .append(number(y(curve.values().get(point), top)));
        }
        svg.append(
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>\n".formatted(colour, points));
        for (int point = 0; point < at.size(); point++) {
            svg.append("<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\"/>\n"
                    .formatted(
                            number(x(at.get(point), at)),
                            number(y(curve.values().get(point), top)),
                            colour));
        }
        if (!curve.name().isEmpty()) {
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\" style=\"fill:%s\">%s</text>\n"
                    .formatted(WIDTH - RIGHT, TOP - 10 + 14 * index, colour, escaped(curve.name())));
        }
    }

    /** The next round number above everything. */
    private static double ceiling(Panel panel) {
        double highest = DoubleStream.concat(
                        panel.lines().stream()
                                .flatMapToDouble(it -> it.values().stream().mapToDouble(value -> value)),
                        panel.goal().stream())
                .max()
                .orElse(0);
        if (highest <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(highest)));
        return DoubleStream.of(1, 2, 4, 6, 8)
                .map(step -> step * power)
                .filter(step -> step >= highest)
                .findFirst()
                .orElse(10 * power);
    }

    /** From nothing to the largest. */
    private static double x(int value, List<Integer> at) {
        return LEFT + (double) (WIDTH - LEFT - RIGHT) * value / at.getLast();
    }

    private static double y(double value, double top) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top;
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String stroke) {
        svg.append("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" %s/>\n"
                .formatted(number(x1), number(y1), number(x2), number(y2), stroke));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String style, String text) {
        svg.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" class=\"%s\">%s</text>\n"
                .formatted(number(x), number(y), anchor, style, escaped(text)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
