package dev.beckon.demo.view;

import dev.beckon.demo.environment.Cluster;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows the campaigns and their events while they happen: on a terminal {@code kubectl get campaigns}, coloured and drawn
 * over itself, elsewhere the lines of {@code kubectl get campaigns -w}, each with the seconds since the start.
 */
public final class LiveView implements AutoCloseable {
    private static final int EVENTS_SHOWN = 8;
    private static final List<String> KINDS =
            List.of("InviteCampaign", "ParserJob", "AutopostSchedule", "TelegramAccount");
    private static final Map<String, String> COLOURS = Map.of(
            "Pending", "90",
            "Importing", "36",
            "Running", "34",
            "Waiting", "33",
            "Paused", "35",
            "Suspended", "90",
            "Succeeded", "32",
            "Failed", "31");

    /** A line that is longer than the terminal is wide is cut, not wrapped: what is drawn over must be counted. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final PrintStream out = System.out;
    private final Cluster cluster;
    private final String namespace;
    private final boolean terminal;
    private final Instant start = Instant.now();
    private final Map<String, String> printed = new HashMap<>();
    private List<String> table = List.of();
    private final Deque<String> events = new ArrayDeque<>();
    private final List<Follow> sources;
    private int drawn;

    /** Starts to follow the campaigns of all namespaces given to kubectl by {@code namespace}. */
    public LiveView(Cluster cluster, String namespace, boolean terminal) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.terminal = terminal;
        Follow events = Follow.start(
                cluster.kubectlProcess(
                        "get",
                        "events",
                        "-n",
                        namespace,
                        "--watch",
                        "--no-headers",
                        "-o",
                        "custom-columns=KIND:.involvedObject.kind,NAME:.involvedObject.name,REASON:.reason,MESSAGE:.message"),
                this::event);
        this.sources = terminal
                ? List.of(events)
                : List.of(
                        events,
                        Follow.start(
                                cluster.kubectlProcess("get", "campaigns", "-n", namespace, "--watch"),
                                this::campaign));
    }

    /** Draws the campaigns as they are now; elsewhere than on a terminal each line comes by itself. */
    public void look() {
        if (terminal) {
            List<String> now =
                    cluster.kubectl("get", "campaigns", "-n", namespace).lines().toList();
            synchronized (this) {
                table = now;
                draw();
            }
        }
    }

    private synchronized void campaign(String line) {
        String name = line.substring(0, Math.max(0, line.indexOf(' ')));
        if (!line.equals(printed.put(name, line))) {
            out.println(elapsed() + line);
        }
    }

    private synchronized void event(String line) {
        if (KINDS.stream().noneMatch(line::startsWith)) {
            return;
        }
        String text = line.replaceAll("\\s{2,}", "  ").strip();
        if (!terminal) {
            out.println(elapsed() + "event: " + text);
            return;
        }
        events.addLast(elapsed() + text);
        if (events.size() > EVENTS_SHOWN) {
            events.removeFirst();
        }
        draw();
    }

    /** Prints a line of our own, above the table on a terminal. */
    public synchronized void say(String text) {
        if (terminal) {
            clear();
        }
        out.println(terminal ? text : elapsed() + text);
        if (terminal) {
            draw();
        }
    }

    private void draw() {
        clear();
        out.print(NO_WRAP);
        table.forEach(line -> out.println(coloured(line)));
        out.println();
        events.forEach(event -> out.println("\u001b[90m" + event + "\u001b[0m"));
        out.print(WRAP);
        drawn = table.size() + 1 + events.size();
        out.flush();
    }

    private void clear() {
        if (drawn > 0) {
            out.print("\u001b[" + drawn + "A\u001b[J");
            drawn = 0;
        }
    }

    private static String coloured(String line) {
        if (line.startsWith("NAME")) {
            return "\u001b[1m" + line + "\u001b[0m";
        }
        for (Map.Entry<String, String> state : COLOURS.entrySet()) {
            String word = " " + state.getKey() + " ";
            if (line.contains(word)) {
                return line.replace(word, " \u001b[" + state.getValue() + "m" + state.getKey() + "\u001b[0m ");
            }
        }
        return line;
    }

    private String elapsed() {
        return "%4d s  ".formatted(Duration.between(start, Instant.now()).toSeconds());
    }

    @Override
    public void close() {
        sources.forEach(Follow::close);
    }
}
