package dev.beckon.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.workorder.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents list what the code has. */
class DocumentsTest {
    private static String document(String name) throws IOException {
        return Files.readString(Path.of("../docs").resolve(name));
    }

    @Test
    void everyExitCodeIsDocumented() throws IOException {
        String document = document("exit-codes.md");
        for (ExitCode code : ExitCode.values()) {
            assertThat(document).contains("| " + code.code() + " | `" + code.name() + "` |");
        }
    }

    @Test
    void everyNamedStepIsDocumented() throws IOException {
        String document = document("worker.md");
        for (KillPoint step : KillPoint.values()) {
            assertThat(document).contains("| `" + step.label() + "` |");
        }
    }

    @Test
    void everyTestThatTheThreatModelNamesIsThere() throws IOException {
        Set<String> named = Pattern.compile("`(\\w+Test)`")
                .matcher(document("security.md"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.find(
                Path.of(".."),
                Integer.MAX_VALUE,
                (file, _) -> file.toString().contains("/src/test/java/")
                        && file.toString().endsWith("Test.java"))) {
            Set<String> there = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
            assertThat(named).hasSizeGreaterThan(30);
            assertThat(there).containsAll(named);
        }
    }

    /** A parser without a word about it in the threat model, or one that is promised and not there. */
    @Test
    void everyFuzzTestIsInTheThreatModelOrTestsTheSimulator() throws IOException {
        String document = document("security.md");
        try (Stream<Path> files = Files.find(
                Path.of(".."),
                Integer.MAX_VALUE,
                (file, _) -> file.toString().contains("/src/test/java/")
                        && file.toString().endsWith("FuzzTest.java")
                        && !file.toString().contains("telegram-simulator"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".java", "")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
        }
    }

    @Test
    void everyClassOfTheMisuseSuiteIsInItsTableOfWays() throws IOException {
        String document = document("responsible-use.md");
        try (Stream<Path> files = Files.list(Path.of("src/test/java/dev/beckon/worker/misuse"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".java", ""))
                            .filter(name -> name.endsWith("Test")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
        }
    }
}
