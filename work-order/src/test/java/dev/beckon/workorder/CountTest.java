package dev.beckon.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountTest {
    @ParameterizedTest
    @CsvSource({"0,0 bots,0 people", "1,1 bot,1 person", "2,2 bots,2 people", "11,11 bots,11 people"})
    void onlyOneIsSingular(long count, String bots, String people) {
        assertThat(Count.of(count, "bot")).isEqualTo(bots);
        assertThat(Count.people(count)).isEqualTo(people);
    }
}
