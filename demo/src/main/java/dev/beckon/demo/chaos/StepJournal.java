package dev.beckon.demo.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One file to which all workers of a run append the steps they pass: what has happened so far, in the order in which it
 * did. Each line is one write, so a line is there whole or not at all, however its writer ends.
 */
public final class StepJournal {
    private static final String FIRED = "!";

    private final Path file;

    /** What was read so far, and where it ends: a run asks many times a second. */
    private final List<Line> known = new ArrayList<>();

    private long end;

    public StepJournal(Path file) {
        this.file = file;
    }

    /** @param fired whether the run's sabotage happened here */
    record Line(String run, String step, boolean fired) {
        /** At the whole level a pod has the name of its schedule. */
        boolean publishes() {
            return run.contains("-" + Work.Publish.WORD + "-") || run.contains(Kinds.Schedule.SUFFIX + "-");
        }
    }

    /** A worker passes a step. */
    public void passed(String run, String step) {
        append(run + " " + step);
    }

    /** A worker's sabotage happens now. */
    public void fired(String run, String step) {
        append(run + " " + FIRED + step);
    }

    /** Whether one of these lines says that a worker's sabotage happened. */
    static boolean holdsFired(byte[] lines) {
        return new String(lines, StandardCharsets.UTF_8).contains(" " + FIRED);
    }

    private void append(String line) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("the run's journal " + file + " can't be written", e);
        }
    }

    /** Everything so far. */
    synchronized List<Line> lines() {
        if (!Files.exists(file)) {
            return List.of();
        }
        for (String text : newText().lines().toList()) {
            String[] words = text.split(" ");
            if (words.length == 2) {
                boolean fired = words[1].startsWith(FIRED);
                known.add(new Line(words[0], fired ? words[1].substring(1) : words[1], fired));
            }
        }
        return List.copyOf(known);
    }

    /** The whole lines that came since it was last read. */
    private String newText() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - end));
            channel.read(bytes, end);
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            end += whole.getBytes(StandardCharsets.UTF_8).length;
            return whole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many calls to Telegram were begun. */
    int calls() {
        return (int) lines().stream()
                .filter(line -> !line.fired && line.step.equals("in-call"))
                .count();
    }

    /** Calls for people that were begun and whose answer nobody wrote down: only these may end as unknown. */
    int callsCutOff() {
        return cutOff(line -> !line.publishes());
    }

    /** The same for posts. */
    int postsCutOff() {
        return cutOff(Line::publishes);
    }

    private int cutOff(Predicate<Line> which) {
        List<Line> lines = lines().stream().filter(which).toList();
        long begun = lines.stream()
                .filter(l -> !l.fired && l.step.equals("after-intent"))
                .count();
        long written = lines.stream()
                .filter(l -> !l.fired && l.step.equals("after-outcome"))
                .count();
        return Math.toIntExact(begun - written);
    }

    /** Whether a run's sabotage happened. */
    boolean fired(String run) {
        return lines().stream().anyMatch(line -> line.fired && line.run.equals(run));
    }

    /**
     * How many outcomes the workers of an account wrote.
     *
     * @param account its name, with which theirs begin
     */
    int outcomes(String account) {
        return (int) lines().stream()
                .filter(line -> !line.fired && line.step.equals("after-outcome") && line.run.startsWith(account + "-"))
                .count();
    }

    /** Whether any worker of a chat's campaign passed a step. */
    boolean campaignHas(String chat, String step) {
        return ofCampaign(chat).anyMatch(line -> line.step.equals(step));
    }

    /** How often the workers of a chat's campaign passed a step. */
    int passings(String chat, String step) {
        return (int) ofCampaign(chat)
                .filter(line -> !line.fired && line.step.equals(step))
                .count();
    }

    /** The steps at which something happened to the workers of a chat's campaign. */
    List<String> firedIn(String chat) {
        return ofCampaign(chat).filter(Line::fired).map(Line::step).toList();
    }

    private Stream<Line> ofCampaign(String chat) {
        return lines().stream().filter(line -> line.run.contains("-" + chat + "-"));
    }

    /** The steps at which a worker's sabotage happened. */
    List<String> firedSteps() {
        return lines().stream().filter(Line::fired).map(Line::step).toList();
    }

    /** Whether a run passed a step. */
    boolean has(String run, String step) {
        return lines().stream().anyMatch(line -> line.run.equals(run) && line.step.equals(step));
    }
}
