package dev.beckon.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.workorder.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
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
    void everyTestThatAPageNamesIsThere() throws IOException {
        Set<String> named = Pattern.compile("`(\\w+Test)`")
                .matcher(document("security.md") + document("upgrade.md") + document("sizing.md"))
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

    /** No figure is invented, or of another day: each stands, to the digit, in the section that is named behind it. */
    @Test
    void everyFigureOfTheSizingPageWasMeasured() throws IOException {
        Map<String, String> sections = Pattern.compile("(?m)^## ")
                .splitAsStream(document("benchmarks.md"))
                .skip(1)
                .collect(Collectors.toMap(
                        section -> anchor(section.lines().findFirst().orElseThrow()), section -> section));
        List<MatchResult> figures = Pattern.compile(
                        "\\*\\*([0-9][^*]*)\\*\\*(?=[^|\n]*?\\]\\(benchmarks\\.md#([a-z0-9-]+)\\))")
                .matcher(document("sizing.md"))
                .results()
                .toList();
        assertThat(figures)
                .hasSizeGreaterThan(15)
                .allSatisfy(figure -> assertThat(sections.get(figure.group(2)))
                        .as("docs/benchmarks.md, " + figure.group(2) + ": measured anew? Then correct docs/sizing.md")
                        .contains(figure.group(1)));
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-');
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
