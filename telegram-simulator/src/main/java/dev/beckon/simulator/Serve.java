package dev.beckon.simulator;

import dev.beckon.simulator.truth.TruthDoor;
import dev.beckon.simulator.world.World;
import dev.beckon.simulator.worldfile.WorldFile;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a world until SIGTERM. */
@Command(
        name = "serve",
        description = "Serves a world on 127.0.0.1: a data centre for Telegram clients, and the truth door.",
        mixinStandardHelpOptions = true)
final class Serve implements Runnable {
    @Option(names = "--world", required = true, paramLabel = "FILE", description = "The world file (YAML).")
    private Path worldFile;

    @Option(
            names = "--state",
            required = true,
            paramLabel = "DIR",
            description = "Keeps what happens in the world; started again with it, the world goes on.")
    private Path stateDirectory;

    @Option(
            names = "--truth-port",
            defaultValue = "0",
            paramLabel = "N",
            description = "Port of the truth door; 0 takes a free one.")
    private int truthPort;

    @Option(names = "--control", description = "Opens the control door too, which changes the world.")
    private boolean control;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        ReadyFile ready = ReadyFile.in(stateDirectory);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            stop.countDown();
            awaitQuietly(stopped);
        });
        try (World world = World.open(WorldFile.read(worldFile), stateDirectory);
                TruthDoor truth = TruthDoor.open(world, truthPort, control)) {
            // A predecessor that was killed left its file, and its connections open.
            ready.delete();
            world.connections().forgetAll();
            Runtime.getRuntime().addShutdownHook(hook);
            ready.put("truthPort", truth.port());
            ready.write();
            spec.commandLine()
                    .getOut()
                    .printf(
                            "The world of %s is served; its truth is at http://127.0.0.1:%d/truth/%n",
                            worldFile, truth.port());
            awaitQuietly(stop);
            ready.delete();
        } finally {
            stopped.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
