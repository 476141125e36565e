package dev.beckon.operator.schedule;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a schedule's status shows is when Kubernetes runs it: asked is the CronJob controller's own library, in Go, for every zone
 * that it and this JDK know alike, before each change of their clocks in ten years.
 */
@Tag("integration")
class CronControllerTest {
    private static final Path CLUSTER = Path.of("../local-cluster");
    private static final Path KEPT = Path.of("src/test/resources/dev/beckon/operator/schedule/robfig.csv");
    private static final Instant BEGIN = Instant.parse("2026-11-26T00:00:00Z");
    private static final Instant END =
            BEGIN.atZone(ZoneOffset.UTC).plusYears(10).toInstant();

    /** Of Moldova, whose clocks change otherwise by one than by the other. Another version of either may bring others, or none. */
    private static final List<String> UNLIKE = List.of("Europe/Chisinau", "Europe/Tiraspol");

    /** A day whose clock changes lies before the fourth run of a daily schedule, and the hour of it before that of an hourly one. */
    private static final List<Duration> BEFORE = List.of(Duration.ofHours(30), Duration.ofMinutes(90));

    @TempDir
    private static Path folder;

    private static Path program;

    @BeforeAll
    static void build() throws Exception {
        program = folder.toRealPath().resolve("cronanswers");
        run(new ProcessBuilder("go", "build", "-o", program.toString(), "./internal/cronanswers")
                .directory(CLUSTER.toFile()));
    }

    /** The file by which {@link CronScheduleTest} judges without Go. */
    @Test
    void theAnswersThatAreKeptAreItsOwn() throws Exception {
        try (Stream<String> lines = Files.lines(KEPT)) {
            List<String> kept = lines.filter(line -> !line.startsWith("#")).toList();
            List<String> questions =
                    kept.stream().map(CronControllerTest::question).toList();

            assertThat(together(questions, asked("times", questions))).isEqualTo(kept);
        }
    }

    @Test
    void everyZoneAgreesAtEachChangeOfItsClockInTenYears() throws Exception {
        Map<String, List<Instant>> zones = zonesThatBothKnowAlike();
        List<String> texts = texts();
        List<String> questions = zones.entrySet().stream()
                .flatMap(zone -> zone.getValue().stream()
                        .flatMap(change -> BEFORE.stream().map(change::minus))
                        .flatMap(from -> texts.stream().map(text -> text + ';' + zone.getKey() + ';' + from)))
                .toList();
        List<String> answered = together(questions, asked("times", questions));

        List<String> different = new ArrayList<>();
        for (String line : answered) {
            String computed = CronScheduleTest.computed(line);
            if (!computed.equals(line)) {
                different.add(line + "\n  here: " + computed);
            }
        }
        System.out.printf("%,d times asked for in %d zones%n", 4 * questions.size(), zones.size());
        assertThat(different).isEmpty();
        assertThat(questions.size()).as("how much was compared").isGreaterThan(50_000);
    }

    /** Those zones, each with the instants at which to look: its changes, or the begin if its clock never changes. */
    private static Map<String, List<Instant>> zonesThatBothKnowAlike() throws Exception {
        List<String> names = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        List<String> changes = asked(
                "changes",
                names.stream().map(name -> name + ';' + BEGIN + ';' + END).toList());
        Map<String, List<Instant>> alike = new TreeMap<>();
        TreeSet<String> unlike = new TreeSet<>();
        for (int i = 0; i < names.size(); i++) {
            List<Instant> here = changes(names.get(i));
            String told =
                    String.join(";", here.stream().map(CronScheduleTest::minute).toList());
            if (told.equals(changes.get(i))) {
                alike.put(names.get(i), here.isEmpty() ? List.of(BEGIN) : here);
            } else if (!changes.get(i).equals("unknown")) {
                unlike.add(names.get(i));
            }
        }
        System.out.println("not compared, for Go's time zone data and the JDK's differ: " + unlike);
        assertThat(unlike)
                .as("zones that Go and this JDK know differently: docs/autopost.md names them")
                .isSubsetOf(UNLIKE);
        return alike;
    }

    private static List<Instant> changes(String zone) {
        List<Instant> changes = new ArrayList<>();
        var rules = ZoneId.of(zone).getRules();
        for (ZoneOffsetTransition next = rules.nextTransition(BEGIN);
                next != null && next.getInstant().isBefore(END);
                next = rules.nextTransition(next.getInstant())) {
            changes.add(next.getInstant());
        }
        return changes;
    }

    private static List<String> texts() throws IOException {
        try (Stream<String> lines = Files.lines(KEPT)) {
            return List.copyOf(lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(";", 2)[0])
                    .collect(toCollection(TreeSet::new)));
        }
    }

    private static String question(String line) {
        String[] parts = line.split(";");
        return String.join(";", parts[0], parts[1], parts[2]);
    }

    private static List<String> together(List<String> questions, List<String> answers) {
        assertThat(answers).hasSameSizeAs(questions);
        List<String> both = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            both.add(questions.get(i) + ';' + answers.get(i));
        }
        return both;
    }

    private static List<String> asked(String what, List<String> questions) throws Exception {
        Path in = Files.write(folder.resolve("questions"), questions);
        Path out = folder.resolve("answers");
        run(new ProcessBuilder(program.toString(), what)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile()));
        return Files.readAllLines(out);
    }

    private static void run(ProcessBuilder command) throws Exception {
        Process process =
                command.redirectError(folder.resolve("errors").toFile()).start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
    }
}
