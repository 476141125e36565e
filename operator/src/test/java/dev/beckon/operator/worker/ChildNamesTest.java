package dev.beckon.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LowerChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ChildNamesTest {
    @Test
    void aShortNameIsReadable() {
        assertThat(ChildNames.job("spring", "alice", 3)).isEqualTo("spring-alice-3");
    }

    @Property
    void everyJobsNameFitsIntoALabel(
            @ForAll @LowerChars @StringLength(min = 1, max = 63) String owner,
            @ForAll @LowerChars @StringLength(min = 1, max = 63) String part,
            @ForAll @IntRange(min = 1, max = 1_000_000) int run) {
        assertThat(ChildNames.job(owner, part, run))
                .hasSizeLessThanOrEqualTo(ChildNames.LONGEST_JOB)
                .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
                .endsWith("-" + run);
    }

    @Test
    void longNamesThatBeginAlikeAreToldApart() {
        String owner = "a".repeat(60);
        assertThat(ChildNames.job(owner + "b", "alice", 1)).isNotEqualTo(ChildNames.job(owner + "c", "alice", 1));
    }

    @Property
    void aNameApartFitsWhereTheFirstOneDidAndFollowsItsOwner(
            @ForAll @LowerChars @StringLength(min = 1, max = 46) String first,
            @ForAll @IntRange(min = 46, max = 63) int longest) {
        String apart = ChildNames.apart(first, "uid-1", longest);

        assertThat(apart)
                .hasSizeLessThanOrEqualTo(longest)
                .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
                .isNotEqualTo(first)
                .isEqualTo(ChildNames.apart(first, "uid-1", longest))
                .isNotEqualTo(ChildNames.apart(first, "uid-2", longest));
    }

    @Test
    void aWorkOrdersNameFollowsItsContent() {
        assertThat(ChildNames.workOrder("spring", "alice", "x"))
                .isEqualTo(ChildNames.workOrder("spring", "alice", "x"))
                .isNotEqualTo(ChildNames.workOrder("spring", "alice", "y"));
    }
}
