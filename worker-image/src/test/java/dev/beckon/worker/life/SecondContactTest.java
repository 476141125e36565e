package dev.beckon.worker.life;

import java.io.IOException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/**
 * No sequence of settings, answers, kills, restarts, opt-outs and deadlines makes a second contact or one that is forbidden,
 * loses a person or leaves a campaign without an end. Every run draws other lives; those that failed are printed, and come
 * again first, from jqwik's database, where the same test JVM runs it.
 */
@Tag("integration")
class SecondContactTest {
    @Property(tries = 30, shrinking = ShrinkingMode.BOUNDED)
    void nobodyIsContactedTwiceAndNobodyIsLost(@ForAll("lives") Life life) throws IOException {
        Living.liveAndJudge(life);
    }

    @Provide
    Arbitrary<Life> lives() {
        return Lives.any();
    }
}
