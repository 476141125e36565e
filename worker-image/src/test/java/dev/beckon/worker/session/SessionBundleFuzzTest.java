package dev.beckon.worker.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Bytes that the ledger gave as a session: unpacked within its folder, or told as damaged. */
class SessionBundleFuzzTest {
    @FuzzTest
    void bundles(byte[] bundle) throws IOException {
        Path around = Files.createTempDirectory("bundle");
        try {
            Path session = around.resolve("session");
            SessionBundle.unpack(bundle, session);
            byte[] packed = SessionBundle.pack(session);
            SessionBundle.unpack(packed, session);
            assertThat(SessionBundle.pack(session)).isEqualTo(packed);
        } catch (SessionBundle.CorruptBundle e) {
            assertThat(e).hasNoCause();
        } finally {
            try (Stream<Path> beside = Files.list(around)) {
                assertThat(beside.map(Path::getFileName).map(Path::toString)).isSubsetOf(List.of("session"));
            }
            remove(around);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
