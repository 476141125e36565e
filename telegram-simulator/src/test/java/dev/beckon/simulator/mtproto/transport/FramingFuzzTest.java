package dev.beckon.simulator.mtproto.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/** Whatever a client sends: frames, or an end of the connection. */
class FramingFuzzTest {
    private static final List<String> KINDS = List.of("abridged", "intermediate", "padded", "full");

    private static Framing framing(String kind) {
        return switch (kind) {
            case "abridged" -> new Abridged();
            case "intermediate" -> new Intermediate(false);
            case "padded" -> new Intermediate(true);
            default -> new Full();
        };
    }

    /** The first byte chooses the framing. */
    @FuzzTest
    void frames(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        String kind = KINDS.get(Math.floorMod(bytes[0], KINDS.size()));
        Framing framing = framing(kind);
        InputStream in = new ByteArrayInputStream(bytes, 1, bytes.length - 1);
        int frames = 0;
        try {
            while (true) {
                Frame frame = framing.read(in);
                assertThat(frame.payload().length).isLessThan(bytes.length);
                frames++;
            }
        } catch (IOException end) {
            assertThat(frames).isLessThanOrEqualTo(bytes.length);
        }
        byte[] words = Arrays.copyOf(bytes, bytes.length & ~3);
        assertThat(framing(kind)
                        .read(new ByteArrayInputStream(framing(kind).frame(words)))
                        .payload())
                .startsWith(words);
    }
}
