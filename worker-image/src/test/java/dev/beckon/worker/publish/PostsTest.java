package dev.beckon.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.content.TakenPost;
import dev.beckon.telegram.PostText;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.PublishOrder.Content;
import dev.beckon.workorder.PublishOrder.Post;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What there is to publish, and what is refused before anything is sent, with the post's name. */
class PostsTest {
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F'};

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void mount() throws IOException {
        folder = Files.createDirectories(root.resolve(Paths.POSTS.substring(1)));
    }

    private List<TakenPost> folder() {
        return new Posts(new MountedFiles(root), new Content.Folder("")).read();
    }

    private List<TakenPost> inline(Post... posts) {
        return new Posts(new MountedFiles(root), new Content.Inline(List.of(posts))).read();
    }

    private static Post post(String text) {
        return new Post(Optional.empty(), text, Optional.empty());
    }

    private void assertRefused(String sentence) {
        assertThatThrownBy(this::folder).isInstanceOf(BadInput.class).hasMessageContaining(sentence);
    }

    @Test
    void aMountedConfigMapIsReadInTheOrderOfItsNames() throws IOException {
        // As Kubernetes mounts one: the keys are links into a folder that is replaced as a whole.
        Path data = Files.createDirectories(folder.resolve("..2026_11_25"));
        Files.createSymbolicLink(folder.resolve("..data"), data.getFileName());
        for (String name : List.of("b.md", "a.txt", "10.md", "sun.jpg")) {
            Files.write(
                    data.resolve(name),
                    name.endsWith("jpg") ? JPEG : ("Text of " + name + "\r\n").getBytes(StandardCharsets.UTF_8));
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }
        assertThat(folder()).extracting(TakenPost::key).containsExactly("10.md", "a.txt", "b.md");
        assertThat(folder().getFirst().source()).isEqualTo("Text of 10.md\n");
        assertThat(folder()).extracting(TakenPost::markdown).containsExactly(true, false, true);
    }

    @Test
    void aTextFileIsSentAsItIsWritten() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "  2 * 3 * 4 **x**\n");
        Posts posts = new Posts(new MountedFiles(root), new Content.Folder(""));
        PostText text = posts.whole(posts.read().getFirst()).text();
        assertThat(text).isEqualTo(new PostText("2 * 3 * 4 **x**", List.of()));
    }

    @Test
    void aPictureIsSentFromWhereItIsMounted() throws IOException {
        Files.write(folder.resolve("sun.jpg"), JPEG);
        Files.writeString(folder.resolve("1.md"), "---\nimage: ./sun.jpg\n---\nThe **sun**");
        Posts posts = new Posts(new MountedFiles(root), new Content.Folder(""));
        assertThat(posts.whole(posts.read().getFirst()).image()).contains(folder.resolve("sun.jpg"));
    }

    @Test
    void withoutANameAnEditedPostIsAnotherOne() {
        String key = inline(post("Hello")).getFirst().key();
        assertThat(inline(post("Hello")).getFirst().key()).isEqualTo(key);
        assertThat(inline(post("Hello!")).getFirst().key()).isNotEqualTo(key);
        assertThat(inline(new Post(Optional.of("one"), "Hello", Optional.empty()))
                        .getFirst()
                        .key())
                .isEqualTo("one");
    }

    @Test
    void twoEqualPostsNeedNames() {
        assertThatThrownBy(() -> inline(post("Hello"), post("Hello"))).hasMessageContaining("Two posts are the same");
    }

    @Test
    void theLengthIsThatOfWhatPeopleRead() throws IOException {
        Files.writeString(folder.resolve("1.md"), "**" + "x".repeat(4096) + "**");
        assertThat(folder()).hasSize(1);
        Files.writeString(folder.resolve("2.md"), "x".repeat(4097));
        assertRefused("The post 2.md has 4097 characters, but Telegram takes at most 4096: shorten it");
    }

    @Test
    void belowAnImageThereIsLessRoom() throws IOException {
        Files.write(folder.resolve("sun.jpg"), JPEG);
        Files.writeString(folder.resolve("1.md"), "---\nimage: sun.jpg\n---\n" + "x".repeat(1025));
        assertRefused("The post 1.md has 1025 characters, but Telegram takes at most 1024 below an image");
    }

    @Test
    void anEmptyPostIsRefused() throws IOException {
        Files.writeString(folder.resolve("1.md"), " \n\n");
        assertRefused("The post 1.md is empty");
    }

    @Test
    void anImageThatIsNoneIsRefused() throws IOException {
        Files.writeString(folder.resolve("1.md"), "---\nimage: sun.jpg\n---\nSun");
        assertRefused("The post 1.md: there is no image 'sun.jpg' among the posts");
        Files.writeString(folder.resolve("sun.jpg"), "GIF89a, in truth");
        assertRefused("'sun.jpg' is neither a JPEG nor a PNG");
    }

    @Test
    void anImageOutsideOfThePostsIsRefused() throws IOException {
        Files.write(root.resolve("secret.jpg"), JPEG);
        Files.writeString(folder.resolve("1.md"), "---\nimage: ../../../../secret.jpg\n---\nSun");
        assertRefused("its image must be a key of the ConfigMap");
        assertThatThrownBy(() -> inline(new Post(Optional.of("one"), "Sun", Optional.of("/etc/passwd"))))
                .hasMessageContaining("its image must be a key of the ConfigMap");
    }

    @Test
    void whatIsNoTextOrTooMuchOfItIsRefused() throws IOException {
        Files.write(folder.resolve("1.md"), new byte[] {(byte) 0xC3, 0x28});
        assertRefused("The post 1.md is not UTF-8 text");
        Files.writeString(folder.resolve("1.md"), "x".repeat(70_000));
        assertRefused("The post 1.md is larger than 64 KiB");
    }

    @Test
    void aConfigMapWithoutPostsIsRefused() throws IOException {
        Files.write(folder.resolve("sun.jpg"), JPEG);
        assertRefused("There is no post in the ConfigMap");
    }
}
