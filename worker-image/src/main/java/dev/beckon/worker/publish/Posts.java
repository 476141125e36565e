package dev.beckon.worker.publish;

import dev.beckon.ledger.content.TakenPost;
import dev.beckon.ledger.post.PostFault;
import dev.beckon.ledger.post.PostReader;
import dev.beckon.ledger.post.WrittenPost;
import dev.beckon.telegram.Post;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.PublishOrder.Content;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What there is to publish, as it is written now, by the rules of {@link PostReader}. What Telegram would not take is refused before
 * anything is sent.
 */
final class Posts {
    private static final String UNREADABLE = "ContentUnreadable";

    private final Path root;
    private final Content content;

    Posts(MountedFiles files, Content content) {
        this.root = files.at(Paths.POSTS);
        this.content = content;
    }

    /**
     * All posts in their order.
     *
     * @throws BadInput naming the post that can't be published, and why
     */
    List<TakenPost> read() {
        try {
            return switch (content) {
                case Content.Inline(var written) ->
                    reader().ofSpec(written.stream()
                            .map(it -> new WrittenPost(it.name(), it.text(), it.image()))
                            .toList());
                case Content.Folder _ -> {
                    requireFolder();
                    yield reader().ofFiles();
                }
            };
        } catch (PostFault e) {
            throw unreadable(e);
        }
    }

    /** A post as it is sent. @throws BadInput when Telegram would not take it */
    Post whole(TakenPost post) {
        try {
            return new Post(PostTexts.of(reader().shown(post)), post.image().map(folder()::resolve));
        } catch (PostFault e) {
            throw unreadable(e);
        }
    }

    private PostReader reader() {
        return new PostReader(new MountedPosts(folder()));
    }

    private Path folder() {
        return switch (content) {
            case Content.Inline _ -> root;
            case Content.Folder(String path) -> root.resolve(path).normalize();
        };
    }

    private void requireFolder() {
        if (!folder().startsWith(root) || !Files.isDirectory(folder())) {
            throw new BadInput(
                    UNREADABLE,
                    "There is no folder of posts at " + Paths.POSTS
                            + ": the operator mounts the ConfigMap of spec.content.configMapRef there");
        }
    }

    /** A word of its own: what is to be mended is the content, not the schedule. */
    private static BadInput unreadable(PostFault fault) {
        return new BadInput(UNREADABLE, fault.getMessage());
    }
}
