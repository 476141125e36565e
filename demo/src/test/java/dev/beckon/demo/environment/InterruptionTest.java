package dev.beckon.demo.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM does that is told to end while it works: another one, for this one goes on. */
@Tag("integration")
class InterruptionTest {
    /** The JVM under test; its argument says how far it comes before it is told. */
    static final class Scene {
        public static void main(String[] arguments) {
            Progress progress = new Progress();
            try (Interruption interruption = new Interruption(() -> {
                progress.step("stopped", () -> Shell.run(Map.of(), "", List.of("true")));
            })) {
                work(arguments[0], progress, interruption);
            }
        }

        private static void work(String how, Progress progress, Interruption interruption) {
            try {
                switch (how) {
                    case "program" ->
                        progress.step("started", () -> Shell.run(Map.of(), "", List.of("sh", "-c", SLEEP)));
                    case "grandchild" ->
                        progress.step("started", () -> Shell.run(Map.of(), "", List.of("sh", "-c", GRANDCHILD)));
                    case "step" -> progress.step("started", Scene::ignoresIt);
                    case "dismissed" -> {
                        interruption.dismiss();
                        told();
                        ignoresIt();
                    }
                    default -> throw new IllegalArgumentException(how);
                }
                progress.step("started next", () -> {});
            } catch (Interruption.Stopped stopped) {
                progress.say("work stopped");
            }
        }

        private static final String SLEEP = "kill -INT $PPID; exec sleep 100";

        /** The program ends at once; what it had started ends a little later, and leaves a file. */
        private static final String GRANDCHILD = "(sleep 1; : > \"$ENDED\") & kill -INT $PPID; exec sleep 100";

        private static void ignoresIt() {
            told();
            // A step that looks at nothing, and is waited for.
            long end = System.nanoTime() + Duration.ofMillis(700).toNanos();
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }

        private static void told() {
            try {
                new ProcessBuilder(
                                "kill",
                                "-INT",
                                String.valueOf(ProcessHandle.current().pid()))
                        .start()
                        .waitFor();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @TempDir
    private Path folder;

    private record Seen(int exit, List<String> lines) {}

    private Seen play(String how) throws Exception {
        // A shell that starts us in the background has us ignore Ctrl-C, and children inherit it.
        ProcessBuilder scene = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        JavaProgram.executable(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Scene.class.getName(),
                        how)
                .redirectErrorStream(true);
        scene.environment().put("ENDED", ended().toString());
        Process jvm = scene.start();
        List<String> lines = new ArrayList<>();
        try (var out = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().map(line -> line.replaceFirst("  [0-9.]+ s$", "")).forEach(lines::add);
        }
        assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Seen(jvm.exitValue(), lines);
    }

    private Path ended() {
        return folder.resolve("ended");
    }

    @Test
    void theProgramThatIsWaitedForIsEndedAndOnlyThenIsTidiedUp() throws Exception {
        assertThat(play("program")).isEqualTo(new Seen(130, List.of("work stopped", "  ✓ stopped")));
    }

    @Test
    void whatTheProgramStartedIsWaitedForToo() throws Exception {
        assertThat(play("grandchild")).isEqualTo(new Seen(130, List.of("work stopped", "  ✓ stopped")));
        assertThat(ended()).exists();
    }

    @Test
    void aStepThatLooksAtNothingIsWaitedForAndNothingIsStartedAfterIt() throws Exception {
        assertThat(play("step")).isEqualTo(new Seen(130, List.of("  ✓ started", "work stopped", "  ✓ stopped")));
    }

    @Test
    void afterTheWorkNothingIsTidiedUp() throws Exception {
        assertThat(play("dismissed").lines()).doesNotContain("  ✓ stopped");
    }
}
