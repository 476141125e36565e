package dev.beckon.leakscan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each place in which a leak is looked for, with one planted there. */
class LeakScanTest {
    private static final String LINE = "2026-11-25T12:00:00Z stdout F Holds the account, fence 3\n";
    private static final byte[] KEY = new byte[256];
    private static final byte[] SESSION = new byte[3_000];

    static {
        new Random(1).nextBytes(KEY);
        new Random(2).nextBytes(SESSION);
    }

    @TempDir
    private Path state;

    private final LeakScan scan = new LeakScan(
            new Needles().with("a person's phone", "+491700000001"),
            new SecretBytes().with("an auth key", KEY).with("a saved session", SESSION));

    @BeforeEach
    void logsThatHoldNothing() throws IOException {
        log("logs/kube-apiserver.log", LINE);
        log("pods/uid-1/containers/worker/0.log", LINE);
        log("removed-logs/default_bring-1_uid-2/worker/0.log", LINE);
        assertThat(findings()).isEmpty();
    }

    private void log(String path, String content) throws IOException {
        Path file = state.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private List<String> findings() {
        return scan.findings(Haystack.logsBelow(state));
    }

    private void isFound(String path, String kind) {
        assertThat(findings()).containsExactly("the log " + state.resolve(path) + " holds " + kind);
    }

    @Test
    void aPhoneInTheLogOfARemovedPodIsFound() throws IOException {
        String path = "removed-logs/default_bring-1_uid-2/worker/1.log";
        log(path, LINE + "2026-11-25T12:00:01Z stderr F invited +491700000001\n");
        isFound(path, "a person's phone");
    }

    @Test
    void anAuthKeyInALogIsFound() throws IOException {
        String path = "pods/uid-1/containers/worker/0.log";
        log(
                path,
                LINE + "2026-11-25T12:00:01Z stdout F opened "
                        + Base64.getEncoder().encodeToString(KEY) + "\n");
        isFound(path, "an auth key");
    }

    @Test
    void aSavedSessionInALogThatWasSetAsideIsFound() throws IOException {
        String path = "logs/node.log.1";
        log(path, LINE + "2026-11-25T12:00:01Z " + Base64.getEncoder().encodeToString(SESSION) + "\n");
        isFound(path, "a saved session");
    }

    @Test
    void aTerminationMessageIsALog() throws IOException {
        String path = "pods/uid-1/containers/worker/termination-log";
        log(path, "could not invite 491700000001");
        isFound(path, "a person's phone");
    }

    @Test
    void objectsAreSearchedButForWhatUsersWrote() throws IOException {
        List<Haystack> objects = Haystack.ofObjects(new JsonMapper().readTree("""
                [{"kind": "ConfigMap", "metadata": {"name": "c", "namespace": "n"}, "data": {"a": "+491700000001"}},
                 {"kind": "Event", "metadata": {"name": "e", "namespace": "n"}, "message": "invited 491700000001"},
                 {"apiVersion": "beckon.dev/v1alpha1", "kind": "InviteCampaign", "metadata": {"name": "theirs", "namespace": "n"},
                  "spec": {"audience": {"inline": [{"phone": "+491700000001"}]}}},
                 {"apiVersion": "beckon.dev/v1alpha1", "kind": "InviteCampaign", "metadata": {"name": "ours", "namespace": "n"},
                  "status": {"conditions": [{"message": "can't reach 491700000001"}]}}]
                """));
        assertThat(scan.findings(objects))
                .containsExactly(
                        "ConfigMap n/c holds a person's phone",
                        "Event n/e holds a person's phone",
                        "InviteCampaign n/ours holds a person's phone");
    }

    /** What the team published is public in its chat; anywhere else it is a leak, in the same status too. */
    @Test
    void onlyTheBeginningOfTheLastPostMayBeRead() throws IOException {
        LeakScan posts =
                new LeakScan(new Needles().withMessages(List.of("The book of the month is here.")), new SecretBytes());
        assertThat(posts.findings(Haystack.ofObjects(new JsonMapper().readTree("""
                [{"apiVersion": "beckon.dev/v1alpha1", "kind": "AutopostSchedule", "metadata": {"name": "a", "namespace": "n"},
                  "status": {"lastPost": {"text": "The book of the month is here."}}},
                 {"apiVersion": "beckon.dev/v1alpha1", "kind": "AutopostSchedule", "metadata": {"name": "b", "namespace": "n"},
                  "status": {"lastPost": {"link": "The book of the month is here."}}},
                 {"apiVersion": "beckon.dev/v1alpha1", "kind": "AutopostSchedule", "metadata": {"name": "c", "namespace": "n"},
                  "status": {"conditions": [{"message": "Published: The book of the month is here."}]}}]
                """))))
                .containsExactly("AutopostSchedule n/b holds message text", "AutopostSchedule n/c holds message text");
    }

    @Test
    void logsThatWereDroppedMakeTheScanNotWhole() throws IOException {
        assertThat(KeptLogs.missing(state.resolve("removed-logs"))).isEmpty();
        Files.writeString(state.resolve("removed-logs/dropped.json"), "{\"pods\": 3, \"bytes\": 700}");
        assertThat(KeptLogs.missing(state.resolve("removed-logs")))
                .contains("the logs of 3 removed pods (700 bytes) found no room: the scan is not whole");
    }
}
