package dev.beckon.simulator;

import dev.beckon.simulator.world.WorldSeed;
import dev.beckon.simulator.worldfile.WorldFile;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads a world file and says what is in it, or what is wrong with it. */
@Command(name = "check", description = "Checks a world file.", mixinStandardHelpOptions = true)
final class Check implements Runnable {
    @Option(names = "--world", required = true, paramLabel = "FILE", description = "The world file.")
    private Path worldFile;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        WorldSeed seed = WorldFile.read(worldFile);
        spec.commandLine()
                .getOut()
                .printf(
                        "%s is a world. People: %d, chats: %d, flood budgets: %d, faults: %d.%n",
                        worldFile,
                        seed.people().size(),
                        seed.chats().size(),
                        seed.floods().size(),
                        seed.faults().size());
    }
}
