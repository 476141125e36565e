package dev.beckon.worker.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LogSetupTest {
    private final LoggerContext context = new LoggerContext();

    @Test
    void aLineHasTheFieldsThatStayAndNoOthers() throws IOException {
        JsonNode line = line(null);

        TreeSet<String> fields = new TreeSet<>();
        line.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactly(
                        "formattedMessage", "level", "loggerName", "mdc", "threadName", "throwable", "timestamp");
        assertThat(line.get("timestamp").isIntegralNumber()).isTrue();
        assertThat(line.get("level").asText()).isEqualTo("WARN");
        assertThat(line.get("loggerName").asText()).isEqualTo("dev.beckon.worker.Some");
        // What was put into the sentence stands there once.
        assertThat(line.get("formattedMessage").asText()).isEqualTo("3 lines can't be read");
        assertThat(line.at("/mdc/campaign").asText()).isEqualTo("team/spring");
    }

    @Test
    void whatFailedIsOneFieldMore() throws IOException {
        assertThat(line(new IllegalStateException("cause"))
                        .at("/throwable/message")
                        .asText())
                .isEqualTo("cause");
    }

    @Test
    void theFieldsAreDocumented() throws IOException {
        String page = Files.readString(Path.of("../docs/monitoring.md"));
        for (String field : List.of("timestamp", "level", "loggerName", "formattedMessage", "mdc", "throwable")) {
            assertThat(page).contains("`" + field + "`");
        }
    }

    private JsonNode line(Throwable failure) throws IOException {
        LoggingEvent event = new LoggingEvent(
                "fqcn",
                context.getLogger("dev.beckon.worker.Some"),
                Level.WARN,
                "{} lines can't be read",
                failure,
                new Object[] {3});
        event.setMDCPropertyMap(Map.of("campaign", "team/spring"));
        String line = new String(LogSetup.json(context).encode(event), StandardCharsets.UTF_8);
        assertThat(line).endsWith("\n").hasLineCount(1);
        return JsonMapper.builder().build().readTree(line);
    }
}
