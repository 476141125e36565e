package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.chaos.WorkerAmbush.Prey;
import dev.beckon.ledger.accounts.Priority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerAmbushTest {
    private static final String PUBLISHER = "team3-posts-29402531-x7k2p";
    private static final String PARSER = "team4-people-team4-1-abcde";
    private static final String CAMPAIGN = "bring-own3-team3-1-z4sqp";

    @TempDir
    Path folder;

    @Test
    void whoPublishesAndWhoParsesHaveTheirTurnAsLongAsTheyComeAtAll() {
        Set<Priority> all = WholeWork.all();
        assertThat(Prey.of(0, all)).isEqualTo(Prey.ANYBODY);
        assertThat(Prey.of(1, all)).isEqualTo(Prey.PUBLISHER);
        assertThat(Prey.of(2, all)).isEqualTo(Prey.PARSER);
        assertThat(Prey.of(4, all)).isEqualTo(Prey.PUBLISHER);
        assertThat(Prey.of(4, EnumSet.of(Priority.Invite, Priority.Parse))).isEqualTo(Prey.ANYBODY);
        assertThat(Prey.of(5, EnumSet.of(Priority.Invite))).isEqualTo(Prey.ANYBODY);
    }

    @Test
    void anAmbushIsForThoseOnlyWhomItIsLaidFor() {
        for (int pick = 0; pick < 50; pick++) {
            Ambush posts = Prey.PUBLISHER.ambush(pick);
            assertThat(posts.isFor(PUBLISHER, posts.what().step())).isTrue();
            assertThat(posts.isFor(PUBLISHER, "after-save")).isFalse();
            assertThat(posts.isFor(CAMPAIGN, posts.what().step())).isFalse();
            Ambush people = Prey.PARSER.ambush(pick);
            assertThat(people.isFor(PARSER, people.what().step())).isTrue();
            assertThat(people.isFor(PUBLISHER, people.what().step())).isFalse();
            Ambush any = Prey.ANYBODY.ambush(pick);
            assertThat(any.isFor(PUBLISHER, any.what().step())).isTrue();
            assertThat(any.isFor(CAMPAIGN, any.what().step())).isTrue();
        }
    }

    @Test
    void aWorkerReadsWhatWasWritten() {
        for (Prey prey : Prey.values()) {
            Ambush ambush = prey.ambush(5);
            assertThat(Ambush.decoded(ambush.encoded())).contains(ambush);
        }
        assertThat(Ambush.decoded("")).isEmpty();
    }

    @Test
    void whatHappenedIsToldAndTheAmbushIsGone() throws Exception {
        StepJournal journal = new StepJournal(folder.resolve("steps.log"));
        Path file = folder.resolve("sabotage");
        WorkerAmbush ambush = new WorkerAmbush(journal, file);
        // Asked for whether there is anybody left to wait for, a worker comes by.
        WorkLeft left = new WorkLeft(
                () -> {
                    if (Files.exists(file)) {
                        journal.fired(CAMPAIGN, "after-claim");
                    }
                    return WholeWork.all();
                },
                () -> {});

        assertThat(ambush.happen(fault(), left)).contains("worker, kill at after-claim");
        assertThat(file).doesNotExist();
    }

    @Test
    void withNobodyLeftNothingIsWaitedFor() throws Exception {
        WorkerAmbush ambush =
                new WorkerAmbush(new StepJournal(folder.resolve("steps.log")), folder.resolve("sabotage"));
        assertThat(ambush.happen(fault(), new WorkLeft(() -> Set.of(), () -> {})))
                .isEqualTo(Optional.empty());
    }

    private static WholeFault fault() {
        return new WholeFault(0, WholeFault.Kind.WORKER_AT_STEP, 0, Duration.ZERO);
    }
}
