package dev.beckon.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.gateway.GatewayProcess;
import dev.beckon.gateway.House;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/webhook.md shows is what happens. */
@Tag("integration")
class DocsTest {
    private static final Pattern CONSOLE = Pattern.compile("(?ms)^```console\n(.*?)^```");

    @TempDir
    private Path folder;

    private static String run(String script, GatewayProcess gateway) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true);
        shell.environment()
                .putAll(Map.of("GATEWAY", gateway.address(), "TOKEN", House.TOKEN, "SIGNING_KEY", House.SIGNING_KEY));
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }

    @Test
    void everyLineOfTheDocumentationAnswersAsItSays() throws Exception {
        List<String> blocks = CONSOLE.matcher(Files.readString(Path.of("../docs/webhook.md")))
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(blocks).hasSizeGreaterThan(4);
        try (House house = new House(TestDatabase.shared(), folder);
                GatewayProcess gateway = house.gateway(Map.of())) {
            house.open("spring", Consent.Basis.OptIn, 600);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> gateway.get("/metrics").body().contains("beckon_webhook_doors 1.0"));
            for (String block : blocks) {
                List<String> lines =
                        block.lines().filter(line -> !line.startsWith("```")).toList();
                String script = lines.stream()
                        .filter(line -> line.startsWith("$ "))
                        .map(line -> line.substring(2))
                        .collect(Collectors.joining("\n"));
                String expected =
                        lines.stream().filter(line -> !line.startsWith("$ ")).collect(Collectors.joining("\n"));
                assertThat(run(script, gateway)).as(script).isEqualTo(expected);
            }
        }
    }
}
