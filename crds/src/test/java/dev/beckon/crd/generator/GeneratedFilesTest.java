package dev.beckon.crd.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Rewrites the files instead when it runs with {@code -Dbeckon.update=true}. */
class GeneratedFilesTest {
    private static final Path CRDS = Path.of("src/main/resources/crds");
    private static final Path REFERENCE = Path.of("../docs/reference.md");

    @TestFactory
    Stream<DynamicTest> checkedInFilesFitTheModel() {
        Stream<DynamicTest> crds = Definitions.generate().entrySet().stream()
                .map(entry -> fits(CRDS.resolve(entry.getKey() + ".yaml"), DefinitionYaml.write(entry.getValue())));
        return Stream.concat(
                crds,
                Stream.of(fits(REFERENCE, Reference.of(Definitions.generate().values()))));
    }

    private static DynamicTest fits(Path file, String expected) {
        return DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
            if (Boolean.getBoolean("beckon.update")) {
                write(file, expected);
            }
            assertThat(file)
                    .as(
                            "stale: run mvn -pl crds test -Dtest=GeneratedFilesTest -Dbeckon.update=true and commit the result")
                    .hasContent(expected);
        });
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
