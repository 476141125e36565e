package dev.beckon.operator.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever writes another life can't forget the search at its end. */
class EachLifeIsSearchedTest {
    private static final String SEARCH = "nobodyAndNoSecretStandsInWhatWasPrintedOrWritten";

    @Test
    void everyTestOfTheRealWorldEndsWithASearchForLeaks() throws IOException, URISyntaxException {
        List<Class<?>> lives = lives();
        assertThat(lives).contains(CampaignLivesTest.class, BrokenWorldTest.class);
        assertThat(lives).allMatch(EachLifeIsSearchedTest::isSearched);
    }

    private static boolean isSearched(Class<?> life) {
        return Arrays.stream(life.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals(SEARCH) && method.isAnnotationPresent(AfterAll.class));
    }

    /** Without making any of them ready: that would start the world. */
    private static List<Class<?>> lives() throws IOException, URISyntaxException {
        Path here = Path.of(
                EachLifeIsSearchedTest.class.getResource("RealWorld.class").toURI());
        try (Stream<Path> classes = Files.list(here.getParent())) {
            return classes.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("Test.class"))
                    .<Class<?>>map(file -> type(file.replace(".class", "")))
                    .filter(type -> type.isAnnotationPresent(Tag.class))
                    // It plants leaks, and finds them.
                    .filter(type -> type != LeaksTest.class)
                    .toList();
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(
                    EachLifeIsSearchedTest.class.getPackageName() + "." + name,
                    false,
                    EachLifeIsSearchedTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
