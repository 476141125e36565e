package dev.beckon.worker.publish;

import dev.beckon.worker.BadInput;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.Paths;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The pictures of a schedule's posts, below {@link Paths#POSTS}. */
record PostImages(MountedFiles files) {
    /** Telegram's bound on a photo. */
    private static final long MOST_BYTES = 10 << 20;

    /**
     * A picture that Telegram would take as a photo.
     *
     * @param post whose it is, for the sentence
     * @throws BadInput when there is none, or it is no JPEG or PNG
     */
    Path require(String post, String name) {
        Path root = files.at(Paths.POSTS);
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root) || file.equals(root)) {
            throw new BadInput(post + ": its image must be a key of the ConfigMap, such as sun.png");
        }
        if (!Files.isRegularFile(file)) {
            throw new BadInput(
                    post + ": there is no image '" + name + "' among the posts; add it to the ConfigMap's binaryData");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] begin = in.readNBytes(8);
            if (!isPhoto(begin)) {
                throw new BadInput(
                        post + ": '" + name + "' is neither a JPEG nor a PNG, which is what Telegram shows as a photo");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new BadInput(post + ": '" + name + "' is larger than the 10 MB of a Telegram photo");
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        }
    }

    private static boolean isPhoto(byte[] begin) {
        boolean jpeg =
                begin.length > 2 && begin[0] == (byte) 0xFF && begin[1] == (byte) 0xD8 && begin[2] == (byte) 0xFF;
        boolean png =
                begin.length > 7 && begin[0] == (byte) 0x89 && begin[1] == 'P' && begin[2] == 'N' && begin[3] == 'G';
        return jpeg || png;
    }
}
