package dev.beckon.operator.life;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.workorder.AccountRef;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.WorkOrder;
import dev.beckon.workorder.WorkOrders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/**
 * How local-cluster starts {@link ScriptedWorker}: with a start that was trained once (JEP 514), for a hundred and more of them
 * start on two processors while the tests wait.
 */
final class ScriptedImage {
    private final Path folder;
    private final Path cache;
    private final List<String> start;

    /** @param folder of its own, which outlives the workers */
    ScriptedImage(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.cache = folder.resolve("worker.aot");
        this.start = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "-cp",
                classPath());
    }

    /** An entry of local-cluster's image table. */
    ObjectNode entry() {
        return new JsonMapper().valueToTree(Map.of("command", command("-XX:AOTCache=" + cache)));
    }

    private List<String> command(String... options) {
        List<String> command = new ArrayList<>(start);
        command.addAll(1, List.of(options));
        command.add(ScriptedWorker.class.getName());
        return command;
    }

    /**
     * Has it work on a campaign of one person, outside of a pod.
     *
     * @param secret what a worker is given beside its order; the database it names has its tables
     */
    void train(Map<String, String> secret) throws IOException, InterruptedException {
        Path root = folder.resolve("training");
        write(root, Paths.WORK_ORDER, WorkOrders.write(order()));
        for (Map.Entry<String, String> entry : secret.entrySet()) {
            write(root, Paths.LEDGER + "/" + entry.getKey(), entry.getValue());
        }
        write(root, Paths.RESULT, "");
        Path log = folder.resolve("training.log");
        List<String> training = command("-XX:AOTCacheOutput=" + cache, "-D" + ScriptedWorker.ROOT + "=" + root);
        training.add("invite");
        ProcessBuilder builder =
                new ProcessBuilder(training).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().remove(ScriptedWorker.ONE_RUN);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(RealWorld.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0 || !Files.exists(cache)) {
                throw new IllegalStateException("The scripted worker could not be trained: see " + log);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static void write(Path root, String path, String text) throws IOException {
        Path file = Path.of(root.toString(), path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static InviteOrder order() {
        String uid = "training";
        return new InviteOrder(
                WorkOrder.VERSION,
                new AccountRef("training", "training", uid, new AccountRef.Limits(1, 1, 1, 1), Optional.empty()),
                new InviteOrder.CampaignRef("training", "training", uid, 1, 1),
                List.of(uid),
                "@script_quick",
                new InviteOrder.Audience.Inline(List.of(new InviteOrder.Person(
                        Optional.empty(), Optional.of("only_for_training"), Optional.empty(), Optional.empty()))),
                new InviteOrder.Consent(Optional.of("OptIn"), Optional.empty()),
                InviteOrder.Mode.LinkOnly,
                Optional.empty(),
                new InviteOrder.Pacing(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        new InviteOrder.Window("08:00", "22:00", "UTC", List.of()),
                        1,
                        Duration.ofMinutes(1)),
                new InviteOrder.Retry(1, Duration.ofMinutes(1)),
                new InviteOrder.Breaker(1, 1),
                Optional.empty(),
                Duration.ofMinutes(1),
                Duration.ofDays(1));
    }

    /** The test's class path; a folder of it as an archive, for the JVM remembers no classes of folders. */
    private String classPath() {
        String given = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> entries = new ArrayList<>();
        for (String entry : given.split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(entry))) {
                entries.add(
                        archive(entry, folder.resolve(entries.size() + ".jar")).toString());
            } else if (Files.exists(Path.of(entry))) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static Path archive(String classes, Path archive) {
        int exit = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "--create", "--file", archive.toString(), "-C", classes, ".");
        if (exit != 0) {
            throw new IllegalStateException("No archive of " + classes + ": jar ended with " + exit);
        }
        return archive;
    }
}
