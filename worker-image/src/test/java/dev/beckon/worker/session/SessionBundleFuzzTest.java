package dev.beckon.worker.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Bytes that the ledger gave as a session: unpacked within its folder, or told as damaged. */
class SessionBundleFuzzTest {
    /** Deep, so that a few steps upwards still end where they are seen. */
    private static final Path WAY = Path.of("a/b/c/session");

    @FuzzTest
    void bundles(byte[] bundle) throws IOException {
        Path around = Files.createTempDirectory("bundle");
        try {
            Path session = around.resolve(WAY);
            Files.createDirectories(session.getParent());
            SessionBundle.unpack(bundle, session);
            assertThat(leaves(bundle)).isFalse();
            byte[] packed = SessionBundle.pack(session);
            SessionBundle.unpack(packed, session);
            assertThat(SessionBundle.pack(session)).isEqualTo(packed);
        } catch (SessionBundle.CorruptBundle e) {
            assertThat(e).hasNoCause();
        } finally {
            try (Stream<Path> all = Files.walk(around)) {
                assertThat(all.map(around::relativize))
                        .allMatch(path -> path.toString().isEmpty() || WAY.startsWith(path) || path.startsWith(WAY));
            }
            remove(around);
        }
    }

    /** Whether it names a file elsewhere; what lies outside of {@link #WAY}'s first folder nobody looks for. */
    private static boolean leaves(byte[] bundle) {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path name = Path.of(entry.getName());
                if (name.isAbsolute() || name.normalize().startsWith("..")) {
                    return true;
                }
            }
            return false;
        } catch (IOException | IllegalArgumentException e) {
            return false;
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
