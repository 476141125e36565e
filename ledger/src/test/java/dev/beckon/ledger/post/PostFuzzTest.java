package dev.beckon.ledger.post;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.beckon.ledger.content.TakenPost;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Posts are whatever somebody put into a ConfigMap, and the operator reads them too: nothing of them may hold it up. */
class PostFuzzTest {
    /** Stands in the inputs' texts, which no sentence repeats. */
    private static final String CANARY = "Zanzibar77";

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0};

    /** One post and one picture. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Files(byte[] post) implements PostFiles {
        @Override
        public List<String> names() {
            return List.of("post.md", "sun.png");
        }

        @Override
        public Optional<PostFile> find(String name) {
            return switch (name) {
                case "post.md" -> Optional.of(new Held(post));
                case "sun.png" -> Optional.of(new Held(PNG));
                default -> Optional.empty();
            };
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Held(byte[] bytes) implements PostFiles.PostFile {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public byte[] begin(int most) {
            return Arrays.copyOf(bytes, Math.min(most, bytes.length));
        }
    }

    @FuzzTest
    void file(byte[] file) {
        PostReader reader = new PostReader(new Files(file));
        try {
            List<TakenPost> posts = reader.ofFiles();
            assertThat(posts).hasSize(1);
            assertThat(posts.getFirst().toString()).doesNotContain(CANARY);
            assertSound(reader.shown(posts.getFirst()));
        } catch (PostFault e) {
            assertThat(e.getMessage()).doesNotContain(CANARY);
        }
    }

    @FuzzTest
    void markdown(byte[] bytes) {
        String source = new String(bytes, StandardCharsets.UTF_8);
        ShownText shown = PostMarkdown.read(source);
        assertThat(shown.text().length()).isLessThanOrEqualTo(source.length());
        assertThat(shown.toString()).doesNotContain(CANARY);
        assertSound(shown);
    }

    /** As Telegram arranges them: in order, apart or one within the other, and code within none. */
    private static void assertSound(ShownText shown) {
        assertThat(shown.text()).isEqualTo(shown.text().strip());
        List<ShownText.Span> spans = shown.spans();
        for (int i = 1; i < spans.size(); i++) {
            ShownText.Span before = spans.get(i - 1);
            ShownText.Span span = spans.get(i);
            assertThat(span.offset()).isGreaterThanOrEqualTo(before.offset());
            boolean apart = span.offset() >= before.end();
            assertThat(apart || span.end() <= before.end())
                    .as("apart or within")
                    .isTrue();
            assertThat(apart || !before.style().isCode()).as("nothing in code").isTrue();
        }
    }
}
