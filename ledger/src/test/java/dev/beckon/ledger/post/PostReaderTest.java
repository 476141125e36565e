package dev.beckon.ledger.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.content.TakenPost;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused of the posts that people write, by whoever reads them, and in which words. */
class PostReaderTest {
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F'};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0};

    private final Map<String, byte[]> files = new TreeMap<>();

    /** Files of a test. */
    private record Held(Map<String, byte[]> files) implements PostFiles {
        @Override
        public List<String> names() {
            return List.copyOf(files.keySet());
        }

        @Override
        public Optional<PostFile> find(String name) {
            return Optional.ofNullable(files.get(name)).map(HeldFile::new);
        }
    }

    private static final class HeldFile implements PostFiles.PostFile {
        private final byte[] bytes;

        private HeldFile(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public byte[] begin(int most) {
            return Arrays.copyOf(bytes, Math.min(most, bytes.length));
        }
    }

    private PostReader reader() {
        return new PostReader(new Held(files));
    }

    private PostReaderTest with(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private void assertRefused(String sentence) {
        assertThatThrownBy(() -> reader().ofFiles())
                .isInstanceOf(PostFault.class)
                .hasMessageContaining(sentence);
    }

    private static WrittenPost post(String text) {
        return new WrittenPost(Optional.empty(), text, Optional.empty());
    }

    private static WrittenPost named(String name, String text, String image) {
        return new WrittenPost(Optional.of(name), text, Optional.ofNullable(image));
    }

    private void assertRefused(String sentence, WrittenPost... posts) {
        assertThatThrownBy(() -> reader().ofSpec(List.of(posts)))
                .isInstanceOf(PostFault.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void keysThatArePostsAreReadInTheOrderOfTheirNames() {
        with("b.md", "B\r\nB").with("a.txt", "*A*").with("10.md", "Ten").with("notes.csv", "no post");
        assertThat(reader().ofFiles())
                .containsExactly(
                        new TakenPost("10.md", "Ten", true, Optional.empty()),
                        new TakenPost("a.txt", "*A*", false, Optional.empty()),
                        new TakenPost("b.md", "B\nB", true, Optional.empty()));
    }

    @Test
    void markupAndAddressesDoNotCount() {
        with("1.md", "**" + "x".repeat(4086) + "** [somewhere](https://e.org/" + "y".repeat(500) + ")");
        assertThat(reader().ofFiles()).hasSize(1);
        with("2.txt", "**" + "x".repeat(4093) + "**");
        assertRefused("The post 2.txt has 4097 characters, but Telegram takes at most 4096: shorten it");
    }

    @Test
    void aFaceCountsTwice() {
        with("1.md", "\uD83C\uDF89".repeat(2048));
        assertThat(reader().ofFiles()).hasSize(1);
        with("1.md", "\uD83C\uDF89".repeat(2049));
        assertRefused("has 4098 characters");
    }

    @Test
    void belowAPictureThereIsLessRoom() {
        files.put("sun.jpg", JPEG);
        with("1.md", "---\nimage: sun.jpg\n---\n" + "x".repeat(1024));
        assertThat(reader().ofFiles().getFirst().image()).contains("sun.jpg");
        with("1.md", "---\nimage: sun.jpg\n---\n" + "x".repeat(1025));
        assertRefused("The post 1.md has 1025 characters, but Telegram takes at most 1024 below an image: shorten it");
    }

    @Test
    void aPictureNeedsNoTextAndATextNoPicture() {
        files.put("sun.png", PNG);
        with("1.md", "---\nimage: sun.png\n---\n");
        assertThat(reader().ofFiles()).hasSize(1);
        with("1.md", "****");
        assertThat(reader().ofFiles()).hasSize(1);
        with("1.md", " \n\n");
        assertRefused("The post 1.md is empty: write something, or name an image");
    }

    @Test
    void aPictureThatIsNoneIsRefused() {
        with("1.md", "---\nimage: sun.jpg\n---\nSun");
        assertRefused(
                "The post 1.md: there is no image 'sun.jpg' among the posts; add it to the ConfigMap's binaryData");
        with("sun.jpg", "GIF89a, in truth");
        assertRefused("The post 1.md: 'sun.jpg' is neither a JPEG nor a PNG");
        files.put("sun.jpg", Arrays.copyOf(JPEG, 11 << 20));
        assertRefused("'sun.jpg' is larger than the 10 MB of a Telegram photo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../sun.jpg",
                "/etc/sun.jpg",
                "a/../../sun.jpg",
                "..",
                ".",
                "..data/sun.jpg",
                "two words.jpg",
                "a//sun.jpg",
                "sun.jpg/"
            })
    void aPictureElsewhereIsRefused(String name) {
        files.put(name, JPEG);
        assertRefused("its image must be a key of the ConfigMap, such as sun.png", named("one", "Sun", name));
    }

    @Test
    void aPictureOfAScheduleItselfStandsBelowItsConfigMap() {
        files.put("pictures.v2/sun.jpg", JPEG);
        assertThat(reader().ofSpec(List.of(named("one", "Sun", "pictures.v2/sun.jpg"))))
                .hasSize(1);
        assertRefused("there is no image 'pictures.v2/moon.jpg'", named("one", "Moon", "pictures.v2/moon.jpg"));
    }

    @Test
    void whatIsNoTextOrTooMuchOfItIsRefused() {
        files.put("1.md", new byte[] {(byte) 0xC3, 0x28});
        assertRefused("The post 1.md is not UTF-8 text: save it as UTF-8");
        with("1.md", "x".repeat((64 << 10) + 1));
        assertRefused("The post 1.md is larger than 64 KiB");
    }

    @Test
    void aConfigMapWithoutPostsIsRefused() {
        files.put("sun.jpg", JPEG);
        assertRefused("There is no post in the ConfigMap of spec.content.configMapRef");
    }

    @Test
    void aPostOfTheScheduleItselfIsToldByNameOrPlace() {
        String link = "[here](https://e.org/" + "y".repeat(500) + ")";
        assertRefused(
                "The post spec.content.posts[1] has 4101 characters", post("Hello"), post("x".repeat(4097) + link));
        assertRefused("The post monday has 4101 characters", named("monday", "x".repeat(4097) + link, null));
    }

    @Test
    void twoEqualPostsNeedNames() {
        assertRefused("Two posts are the same", post("Hello"), post("Hello"));
        assertThat(reader().ofSpec(List.of(named("one", "Hello", null), named("two", "Hello", null))))
                .extracting(TakenPost::key)
                .containsExactly("one", "two");
    }

    @Test
    void aNameThatTheLedgerCanNotHoldIsRefused() {
        assertRefused("spec.content.posts[0].name must have 1 to 253 characters", named(" ", "Hello", null));
        assertRefused("spec.content.posts[0].name", named("x".repeat(254), "Hello", null));
    }

    /** Exactly what a reader sees is counted, whatever else is written. */
    @Property
    void aPostIsTakenIfAndOnlyIfItsShownTextFits(
            @ForAll
                    @Chars({'*', '_', '~', '|', '`', '[', ']', '(', ')', '\\', ' ', '\n', ':', '/'})
                    @CharRange(from = 'a', to = 'c')
                    @StringLength(max = 60)
                    String source,
            @ForAll @IntRange(min = 4040, max = 4100) int more) {
        String text = source + "x".repeat(more);
        Assume.that(!text.startsWith("---"));
        int shown = PostMarkdown.read(text).text().length();
        with("1.md", text);
        if (shown <= 4096) {
            assertThat(reader().ofFiles()).hasSize(1);
        } else {
            assertRefused("has " + shown + " characters");
        }
    }

    /** Statuses, events and logs have these sentences in them. */
    @Property(tries = 50)
    void aRefusalNeverSaysWhatThePostSays(
            @ForAll @CharRange(from = 'A', to = 'Z') @StringLength(min = 12, max = 12) String secret) {
        for (String text : List.of(
                secret.repeat(400),
                "---\n" + secret.repeat(4) + ": " + secret + "\n---\n",
                "---\n" + secret + "\n---\n",
                "---\nimage: " + secret + " " + secret + "\n---\n",
                secret.repeat(6000))) {
            with("1.md", text);
            assertThatThrownBy(() -> reader().ofFiles())
                    .isInstanceOf(PostFault.class)
                    .extracting(Throwable::getMessage)
                    .asString()
                    .doesNotContain(secret);
        }
    }
}
