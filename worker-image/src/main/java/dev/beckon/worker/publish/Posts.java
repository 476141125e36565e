package dev.beckon.worker.publish;

import dev.beckon.ledger.content.PostKeys;
import dev.beckon.ledger.content.TakenPost;
import dev.beckon.telegram.Post;
import dev.beckon.telegram.PostMarkdown;
import dev.beckon.telegram.PostText;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.PublishOrder.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What there is to publish, as it is written now. What Telegram would not take is refused before anything is sent. */
final class Posts {
    private static final String MARKDOWN = ".md";
    private static final String UNREADABLE = "ContentUnreadable";

    /** Far more than 4,096 characters with their markup. */
    private static final long MOST_BYTES = 64 << 10;

    private final MountedFiles files;
    private final Content content;
    private final PostImages images;

    Posts(MountedFiles files, Content content) {
        this.files = files;
        this.content = content;
        this.images = new PostImages(files);
    }

    /**
     * All posts in their order.
     *
     * @throws BadInput naming the post that can't be published, and why
     */
    List<TakenPost> read() {
        try {
            return judged();
        } catch (BadInput e) {
            // A word of its own: what is to be mended is the content, not the schedule.
            throw new BadInput(UNREADABLE, e.getMessage());
        }
    }

    private List<TakenPost> judged() {
        List<TakenPost> posts = switch (content) {
            case Content.Inline(var written) ->
                IntStream.range(0, written.size())
                        .mapToObj(i -> inline(
                                i,
                                written.get(i).name(),
                                written.get(i).text(),
                                written.get(i).image()))
                        .toList();
            case Content.Folder(String path) -> folder(path);
        };
        requireDifferent(posts);
        posts.forEach(this::whole);
        return posts;
    }

    private static TakenPost inline(int index, Optional<String> name, String text, Optional<String> image) {
        String key = name.orElseGet(() -> PostKeys.unnamed(text, image));
        if (key.isBlank() || key.length() > TakenPost.LONGEST_KEY) {
            throw new BadInput(
                    "spec.content.posts[" + index + "].name must have 1 to " + TakenPost.LONGEST_KEY + " characters");
        }
        return new TakenPost(key, lines(text), true, image);
    }

    private List<TakenPost> folder(String path) {
        Path root = files.at(Paths.POSTS);
        Path folder = root.resolve(path).normalize();
        if (!folder.startsWith(root) || !Files.isDirectory(folder)) {
            throw new BadInput("There is no folder of posts at " + Paths.POSTS
                    + ": the operator mounts the ConfigMap of spec.content.configMapRef there");
        }
        List<TakenPost> posts = new ArrayList<>();
        for (Path file : sorted(folder)) {
            String name = file.getFileName().toString();
            if (PostKeys.isPost(name) && Files.isRegularFile(file)) {
                FrontMatter parts = FrontMatter.read(name, lines(text(file, name)));
                Optional<String> image = parts.image()
                        .map(picture -> root.relativize(folder.resolve(picture).normalize())
                                .toString());
                posts.add(new TakenPost(name, parts.text(), name.endsWith(MARKDOWN), image));
            }
        }
        if (posts.isEmpty()) {
            throw new BadInput(
                    "There is no post in the ConfigMap of spec.content.configMapRef: a post is a key that ends in .md"
                            + " or .txt");
        }
        return posts;
    }

    private static List<Path> sorted(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " can't be read", e);
        }
    }

    private static String text(Path file, String name) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new BadInput("The post " + name + " is larger than 64 KiB: no message of Telegram's is");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (MalformedInputException e) {
            throw new BadInput("The post " + name + " is not UTF-8 text: save it as UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        }
    }

    /** As Telegram counts them: a line ends with one character. */
    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static void requireDifferent(List<TakenPost> posts) {
        Set<String> keys = new HashSet<>();
        for (TakenPost post : posts) {
            if (!keys.add(post.key())) {
                throw new BadInput("Two posts are the same: give each of them a name of its own, or leave one out");
            }
        }
    }

    /** A post as it is sent. @throws BadInput when Telegram would not take it */
    Post whole(TakenPost post) {
        String which = "The post " + post.key();
        PostText text = text(post);
        Optional<Path> image = post.image().map(name -> images.require(which, name));
        int longest = image.isPresent() ? PostText.LONGEST_CAPTION : PostText.LONGEST_TEXT;
        if (text.text().length() > longest) {
            throw new BadInput(which + " has " + text.text().length() + " characters, but Telegram takes at most "
                    + longest + (image.isPresent() ? " below an image" : "") + ": shorten it");
        }
        if (text.text().isEmpty() && image.isEmpty()) {
            throw new BadInput(which + " is empty: write something, or name an image");
        }
        return new Post(text, image);
    }

    static PostText text(TakenPost post) {
        return post.markdown()
                ? PostMarkdown.read(post.source())
                : new PostText(post.source().strip(), List.of());
    }
}
