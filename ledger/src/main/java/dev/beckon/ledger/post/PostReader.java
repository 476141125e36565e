package dev.beckon.ledger.post;

import dev.beckon.ledger.content.PostKeys;
import dev.beckon.ledger.content.TakenPost;
import dev.beckon.ledger.post.PostFiles.PostFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a schedule's posts as they are written now. What Telegram would not take is refused, the first of them with its name. */
public final class PostReader {
    private static final String MARKDOWN = ".md";

    /** Far more than 4,096 characters with their markup. */
    private static final int MOST_BYTES = 64 << 10;

    private final PostFiles files;

    /** @param files of the posts and their pictures; of posts that stand in the schedule those of pictures only */
    public PostReader(PostFiles files) {
        this.files = files;
    }

    /**
     * Of a ConfigMap, each key that is a post, in the order of the names.
     *
     * @throws PostFault naming the post that can't be published, and why
     */
    public List<TakenPost> ofFiles() {
        List<TakenPost> posts = new ArrayList<>();
        for (String name : files.names()) {
            if (PostKeys.isPost(name)) {
                files.find(name).map(file -> post(name, file)).ifPresent(posts::add);
            }
        }
        if (posts.isEmpty()) {
            throw new PostFault(
                    "There is no post in the ConfigMap of spec.content.configMapRef: a post is a key that ends in .md"
                            + " or .txt");
        }
        posts.forEach(this::shown);
        return posts;
    }

    private static TakenPost post(String name, PostFile file) {
        FrontMatter parts = FrontMatter.read(name, lines(text(name, file)));
        return new TakenPost(name, parts.text(), name.endsWith(MARKDOWN), parts.image());
    }

    /**
     * Of the schedule itself.
     *
     * @throws PostFault naming the post that can't be published, and why
     */
    public List<TakenPost> ofSpec(List<WrittenPost> written) {
        List<TakenPost> posts = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            posts.add(post(i, written.get(i)));
        }
        requireDifferent(posts);
        for (int i = 0; i < posts.size(); i++) {
            // One without a name is known by a digest, which tells a person nothing.
            String place = place(i);
            shown(which(written.get(i).name().orElse(place)), posts.get(i));
        }
        return posts;
    }

    private static TakenPost post(int index, WrittenPost written) {
        String key = written.name().orElseGet(() -> PostKeys.unnamed(written.text(), written.image()));
        if (key.isBlank() || key.length() > TakenPost.LONGEST_KEY) {
            throw new PostFault(place(index) + ".name must have 1 to " + TakenPost.LONGEST_KEY + " characters");
        }
        return new TakenPost(key, lines(written.text()), true, written.image());
    }

    private static String place(int index) {
        return "spec.content.posts[" + index + "]";
    }

    private static String which(String name) {
        return "The post " + name;
    }

    private static void requireDifferent(List<TakenPost> posts) {
        Set<String> keys = new HashSet<>();
        for (TakenPost post : posts) {
            if (!keys.add(post.key())) {
                throw new PostFault("Two posts are the same: give each of them a name of its own, or leave one out");
            }
        }
    }

    /**
     * A post as its readers will see it.
     *
     * @throws PostFault when Telegram would not take it
     */
    public ShownText shown(TakenPost post) {
        return shown(which(post.key()), post);
    }

    private ShownText shown(String which, TakenPost post) {
        ShownText text = text(post);
        Optional<String> image = post.image();
        image.ifPresent(name -> Pictures.require(files, which, name));
        int longest = image.isPresent() ? ShownText.LONGEST_CAPTION : ShownText.LONGEST_TEXT;
        if (text.text().length() > longest) {
            throw new PostFault(which + " has " + text.text().length() + " characters, but Telegram takes at most "
                    + longest + (image.isPresent() ? " below an image" : "") + ": shorten it");
        }
        if (text.text().isEmpty() && image.isEmpty()) {
            throw new PostFault(which + " is empty: write something, or name an image");
        }
        return text;
    }

    /** A post's text without its markup, be it too long or not. */
    public static ShownText text(TakenPost post) {
        return post.markdown()
                ? PostMarkdown.read(post.source())
                : new ShownText(post.source().strip(), List.of());
    }

    private static String text(String name, PostFile file) {
        if (file.size() > MOST_BYTES) {
            throw new PostFault(which(name) + " is larger than 64 KiB: no message of Telegram's is");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file.begin(MOST_BYTES)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PostFault(which(name) + " is not UTF-8 text: save it as UTF-8", e);
        }
    }

    /** As Telegram counts them: a line ends with one character. */
    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }
}
