package dev.beckon.worker.life;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/**
 * No sequence of settings, answers, kills and restarts makes a second contact, loses a person or leaves a campaign without
 * an end. Every run draws other lives; those that failed come again first, from jqwik's database.
 */
@Tag("integration")
class SecondContactTest {
    @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
    void nobodyIsContactedTwiceAndNobodyIsLost(@ForAll("lives") Life life) throws IOException {
        Path folder = Files.createTempDirectory("beckon-life-");
        try (Living living = new Living(life, folder)) {
            living.live();
            living.comeToTheEnd();
            living.judge();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Provide
    Arbitrary<Life> lives() {
        return Lives.any();
    }
}
