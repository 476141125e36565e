package dev.beckon.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An order beyond a ceiling comes to no worker, and the sentence names the field, its value and its bound. */
class CeilingsTest {
    private static final String HIGHEST = """
            {"kind":"Invite","version":1,
             "account":{"namespace":"team","name":"alice","uid":"a",
               "limits":{"invitesPerDay":100,"messagesPerDay":100,"joinsPerDay":20,"lookupsPerDay":200},"proxy":null},
             "campaign":{"namespace":"team","name":"spring","uid":"c","generation":1,"run":1},
             "accountUids":["a"],"target":"@meetup","audience":{"source":"Inline","people":[]},
             "consent":{"basis":"OptIn","evidence":"form"},"mode":"LinkOnly","message":null,
             "pacing":{"minDelay":"PT1S","maxDelay":"PT1H","perChatPerDay":200,"hibernateAfter":"PT5M",
               "window":{"start":"08:00","end":"22:00","timeZone":"UTC","days":[]}},
             "retry":{"maxAttempts":10,"backoff":"PT10S"},"breaker":{"failureRatio":1.0,"minAttempts":1000},
             "deadline":null,"slice":"PT10M","retention":"PT2160H"}
            """;

    @Test
    void theCeilingsThemselvesAreAllowed() {
        assertThat(WorkOrders.readOrder(HIGHEST)).isInstanceOf(InviteOrder.class);
    }

    static Stream<Arguments> beyond() {
        return Stream.of(
                Arguments.of(
                        "\"invitesPerDay\":100",
                        "\"invitesPerDay\":101",
                        "invitesPerDay is 101, but it is at most 100"),
                Arguments.of("\"messagesPerDay\":100", "\"messagesPerDay\":2147483647", "messagesPerDay is 2147483647"),
                Arguments.of("\"joinsPerDay\":20", "\"joinsPerDay\":21", "joinsPerDay is 21, but it is at most 20"),
                Arguments.of("\"lookupsPerDay\":200", "\"lookupsPerDay\":201", "lookupsPerDay is 201"),
                Arguments.of("\"perChatPerDay\":200", "\"perChatPerDay\":201", "perChatPerDay is 201"),
                Arguments.of(
                        "\"minDelay\":\"PT1S\"",
                        "\"minDelay\":\"PT0.999S\"",
                        "minDelay is PT0.999S, but it is at least PT1S"),
                Arguments.of("\"minDelay\":\"PT1S\"", "\"minDelay\":\"PT-1H\"", "minDelay is PT-1H"),
                Arguments.of("\"maxAttempts\":10", "\"maxAttempts\":11", "maxAttempts is 11"),
                Arguments.of("\"backoff\":\"PT10S\"", "\"backoff\":\"PT0S\"", "backoff is PT0S"),
                Arguments.of(
                        "\"failureRatio\":1.0", "\"failureRatio\":1.5", "failureRatio is 1.5, but it is at most 1"),
                Arguments.of("\"failureRatio\":1.0", "\"failureRatio\":\"NaN\"", "failureRatio is NaN"),
                Arguments.of("\"minAttempts\":1000", "\"minAttempts\":1001", "minAttempts is 1001"));
    }

    @ParameterizedTest
    @MethodSource("beyond")
    void whatIsBeyondIsRefused(String allowed, String forged, String sentence) {
        assertThat(HIGHEST).contains(allowed);
        assertThatThrownBy(() -> WorkOrders.readOrder(HIGHEST.replace(allowed, forged)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence)
                .hasMessageContaining("no setting changes that");
    }
}
