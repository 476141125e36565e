package dev.beckon.bench.stage;

import dev.beckon.demo.environment.SimulatorProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Scripts of the old way that wait. */
public final class Sleepers {
    private Sleepers() {}

    /** What one of them has of its own, in MiB: the mean of so many that sleep at once. */
    public static double privateMib(Telethon telethon, SimulatorProcess telegram, int count) {
        List<Started> sleepers = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                Started sleeper = Started.of(telethon.script(
                        "sleeper.py",
                        List.of(String.valueOf(telegram.port()), telegram.publicKeyFile(), CampaignWorld.SLEEPER),
                        Map.of()));
                sleepers.add(sleeper);
                awaitAsleep(sleeper);
            }
            return sleepers.stream()
                    .mapToDouble(it -> Proc.memory(it.process().pid()).ownMib())
                    .average()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            sleepers.forEach(Started::close);
        }
    }

    /** It prints a line when it sleeps. */
    private static void awaitAsleep(Started sleeper) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(sleeper.process().getInputStream(), StandardCharsets.UTF_8));
        if (said.readLine() == null) {
            throw new IllegalStateException("a sleeping script ended instead of sleeping");
        }
    }
}
