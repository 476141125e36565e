package dev.beckon.gateway.hint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisHintsTest {
    /** The exception that Lettuce throws would print the password. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:pass^word@redis:6379",
                "redis://:pass word@redis:6379",
                "redis:6379",
                "http://redis",
                ""
            })
    void withAnAddressThatIsNoneThereAreNoHintsAndNothingIsThrown(String url) {
        assertThat(RedisHints.at(url, Optional.empty())).isSameAs(Hints.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://redis:6379",
                "rediss://redis:6379?verifyPeer=NONE",
                "rediss://redis:6379?verifyPeer=CA",
                "redis+tls://redis:6379"
            })
    void anAddressThatAsksForLessThanACheckIsRefusedWhereThereIsAnAuthority(String url) {
        assertThat(RedisHints.at(url, Optional.of(Path.of("ca.crt")))).isSameAs(Hints.NONE);
    }
}
