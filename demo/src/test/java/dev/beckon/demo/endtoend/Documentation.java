package dev.beckon.demo.endtoend;

import dev.beckon.demo.stage.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Commands as the documentation prints them. */
final class Documentation {
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("^#   (kubectl .*)$", Pattern.MULTILINE);

    private Documentation() {}

    /** The one block of a page's commands that names a file. */
    static String commands(String page, String file) {
        return BLOCK.matcher(read(page))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(file))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(page + " has no commands with " + file));
    }

    /** A file that a page shows, by words in it. */
    static String yaml(String page, String words) {
        return FILE.matcher(read(page))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(words))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(page + " shows no file with " + words));
    }

    /** The commands in an example's comments. */
    static List<String> commandsIn(String example) {
        return COMMAND.matcher(read(example))
                .results()
                .map(command -> command.group(1))
                .toList();
    }

    private static String read(String file) {
        try {
            return Files.readString(Stage.checkout().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Types commands into a shell whose kubectl is the cluster's.
     *
     * @param folder made; where a person would be, with the examples in it
     * @return what it printed
     */
    static String type(Stage stage, Path folder, String commands) {
        return type(stage, folder, commands, Map.of(), List.of());
    }

    /**
     * The same at a desk with more on it.
     *
     * @param variables which the shell has besides
     * @param programs folders with other programs
     */
    static String type(Stage stage, Path folder, String commands, Map<String, String> variables, List<Path> programs) {
        try {
            Files.createDirectories(folder);
            Path examples = folder.resolve("examples");
            if (!Files.exists(examples)) {
                Files.createSymbolicLink(examples, Stage.checkout().resolve("examples"));
            }
            ProcessBuilder shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                    .directory(folder.toFile())
                    .redirectErrorStream(true);
            var cluster = stage.environment().cluster();
            shell.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
            shell.environment().putAll(variables);
            Stream.concat(Stream.of(cluster.state().resolve("bin")), programs.stream())
                    .forEach(bin -> shell.environment().merge("PATH", bin.toString(), (path, own) -> own + ":" + path));
            Process process = shell.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(commands + " ended with " + process.exitValue() + ":\n" + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
