package dev.beckon.bench.soak;

import dev.beckon.bench.soak.Sample.Phase;
import dev.beckon.bench.stage.Started;
import dev.beckon.demo.environment.Ports;
import dev.beckon.demo.environment.SimulatorProcess;
import dev.beckon.demo.environment.Trees;
import dev.beckon.demo.proof.TruthDoor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A world of its own and a session in it, each a process; nothing else. */
final class SoakStage {
    private final Path folder;
    private final Path workerOptions;

    /**
     * @param folder forgotten first
     * @param workerOptions how a worker's JVM is started
     */
    SoakStage(Path folder, Path workerOptions) {
        this.folder = folder;
        this.workerOptions = workerOptions;
    }

    /**
     * Has a session work through the day.
     *
     * @param seen each sample as it comes
     * @return all samples
     * @throws IllegalStateException when the world did not see the work that was to be done
     */
    List<Sample> run(SoakDay day, Consumer<Sample> seen) throws InterruptedException {
        Instant begin = Instant.now();
        Path world = worldFile(day, begin);
        SimulatorProcess telegram = new SimulatorProcess(folder.resolve("telegram"), world, Ports.free(), Ports.free());
        telegram.start();
        try {
            List<Sample> samples = samples(day, telegram, day.start(begin), seen);
            requireWork(day, new TruthDoor(telegram.truth()));
            return samples;
        } finally {
            telegram.stop();
        }
    }

    /** Stops what a run that was interrupted left. */
    void stop() {
        new SimulatorProcess(folder.resolve("telegram"), folder.resolve("world.yaml"), 0, 0).stop();
    }

    private Path worldFile(SoakDay day, Instant now) {
        stop();
        Trees.delete(folder);
        try {
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve("world.yaml"), day.world(now));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Sample> samples(SoakDay day, SimulatorProcess telegram, Instant start, Consumer<Sample> seen)
            throws InterruptedException {
        List<Sample> samples = new ArrayList<>();
        try (Started session = Started.of(session(day, telegram, start));
                BufferedReader lines = session.process().inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (Sample.isOne(line)) {
                    samples.add(Sample.of(line));
                    seen.accept(samples.getLast());
                } else {
                    System.out.println(line);
                }
            }
            session.await("the session");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (samples.stream().filter(it -> it.phase() == Phase.DAY).count() <= SoakDay.SAMPLES) {
            throw new IllegalStateException("the session ended before its day: " + samples.size() + " samples");
        }
        return samples;
    }

    /** With a worker's JVM, whose heap is all there from the beginning: what RSS grows by is native then. */
    private ProcessBuilder session(SoakDay day, SimulatorProcess telegram, Instant start) {
        return new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "@" + workerOptions,
                        "-Xms128m",
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SoakedSession.class.getName(),
                        telegram.library(),
                        String.valueOf(telegram.port()),
                        telegram.truth(),
                        folder.resolve("session").toString(),
                        start.toString(),
                        String.valueOf(day.minutes())))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** Work that was not done costs no memory. */
    private static void requireWork(SoakDay day, TruthDoor truth) {
        long contacts =
                truth.contacts().stream().filter(TruthDoor.Contact::delivered).count();
        long posts = truth.posts().stream()
                .filter(post -> post.chat().equals("@" + SoakDay.CHANNEL))
                .count();
        if (contacts != day.contacts() || posts != day.posts()) {
            throw new IllegalStateException("Telegram saw " + contacts + " contacts and " + posts + " posts instead of "
                    + day.contacts() + " and " + day.posts());
        }
    }
}
