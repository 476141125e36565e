package dev.beckon.demo.view;

import dev.beckon.demo.environment.Cluster;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Shows {@code kubectl get campaigns -w} and the campaigns' events while they happen: on a terminal as one coloured table
 * that is drawn over itself, elsewhere as plain lines, each with the seconds since the start.
 */
public final class LiveView implements AutoCloseable {
    private static final int EVENTS_SHOWN = 8;
    private static final Map<String, String> COLOURS = Map.of(
            "Pending", "90",
            "Importing", "36",
            "Running", "34",
            "Waiting", "33",
            "Paused", "35",
            "Suspended", "90",
            "Succeeded", "32",
            "Failed", "31");

    private final PrintStream out = System.out;
    private final boolean terminal;
    private final Instant start = Instant.now();
    private final CampaignTable table = new CampaignTable();
    private final Deque<String> events = new ArrayDeque<>();
    private final List<Follow> sources;
    private int drawn;

    /** Starts to follow the campaigns of all namespaces given to kubectl by {@code namespace}. */
    public LiveView(Cluster cluster, String namespace, boolean terminal) {
        this.terminal = terminal;
        this.sources = List.of(
                Follow.start(cluster.kubectlProcess("get", "campaigns", "-n", namespace, "--watch"), this::campaign),
                Follow.start(
                        cluster.kubectlProcess(
                                "get",
                                "events",
                                "-n",
                                namespace,
                                "--watch",
                                "--no-headers",
                                "-o",
                                "custom-columns=KIND:.involvedObject.kind,NAME:.involvedObject.name,REASON:.reason,MESSAGE:.message"),
                        this::event));
    }

    private synchronized void campaign(String line) {
        if (!table.accept(line)) {
            return;
        }
        if (terminal) {
            draw();
        } else {
            out.println(elapsed() + line);
        }
    }

    private synchronized void event(String line) {
        if (!line.startsWith("InviteCampaign") && !line.startsWith("TelegramAccount")) {
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
        List<String> lines = table.lines();
        lines.forEach(line -> out.println(coloured(line)));
        out.println();
        events.forEach(event -> out.println("\u001b[90m" + event + "\u001b[0m"));
        drawn = lines.size() + 1 + events.size();
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
