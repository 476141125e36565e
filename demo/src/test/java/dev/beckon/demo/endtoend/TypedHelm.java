package dev.beckon.demo.endtoend;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import dev.beckon.demo.stage.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Helm's own code, by command lines as the documentation has them. Its program would be one more download. */
final class TypedHelm {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final int SECONDS = 300;

    private final Path desk;
    private final Path kubeconfig;

    /** @param desk where the files that are named lie */
    TypedHelm(Path desk, Path kubeconfig) {
        this.desk = desk;
        this.kubeconfig = kubeconfig;
    }

    /** @throws IllegalArgumentException for a command or an option that is not known here: then it was not tried */
    void type(String block) {
        block.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(TypedHelm::words)
                .forEach(this::run);
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find() && !word.group().startsWith("#")) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2));
        }
        return words;
    }

    private void run(List<String> words) {
        List<String> options = words.subList(4, words.size());
        switch (words.get(0) + " " + words.get(1)) {
            case "helm install" -> install(words.get(2), words.get(3), options);
            case "helm upgrade" -> upgrade(words.get(2), words.get(3), options);
            default -> throw new IllegalArgumentException("not tried: " + words);
        }
    }

    private void install(String name, String chart, List<String> options) {
        InstallCommand command = new Helm(Stage.checkout().resolve(chart))
                .install()
                .withName(name)
                .withKubeConfig(kubeconfig)
                .withTimeout(SECONDS);
        for (int at = 0; at < options.size(); at += 2) {
            String value = options.get(at + 1);
            switch (options.get(at)) {
                case "-n" -> command.withNamespace(value);
                case "-f" -> command.withValuesFile(desk.resolve(value));
                case "--set" -> command.set(value.split("=")[0], value.split("=")[1]);
                default -> throw new IllegalArgumentException("not tried: " + options);
            }
        }
        command.call();
    }

    private void upgrade(String name, String chart, List<String> options) {
        UpgradeCommand command = new Helm(Stage.checkout().resolve(chart))
                .upgrade()
                .withName(name)
                .withKubeConfig(kubeconfig)
                .withTimeout(SECONDS);
        for (int at = 0; at < options.size(); at++) {
            switch (options.get(at)) {
                case "-n" -> command.withNamespace(options.get(++at));
                case "-f" -> command.withValuesFile(desk.resolve(options.get(++at)));
                case "--set" -> {
                    String[] pair = options.get(++at).split("=");
                    command.set(pair[0], pair[1]);
                }
                case "--reset-then-reuse-values" -> command.resetThenReuseValues();
                default -> throw new IllegalArgumentException("not tried: " + options);
            }
        }
        command.call();
    }
}
