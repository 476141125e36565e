package dev.beckon.ledger.post;

import dev.beckon.ledger.post.PostFiles.PostFile;
import java.util.regex.Pattern;

/** Which pictures Telegram takes as photos. */
final class Pictures {
    /** Telegram's bound on a photo. */
    private static final long MOST_BYTES = 10 << 20;

    /** Enough to tell a JPEG from a PNG. */
    private static final int BEGIN = 8;

    private static final int LONGEST_NAME = 2 * 253 + 1;

    /** A key of a ConfigMap, or one below the ConfigMap's name; neither begins with two dots. */
    private static final Pattern NAME =
            Pattern.compile("(?:(?!\\.(?:\\.|/|$))[-._a-zA-Z0-9]+/)*(?!\\.(?:\\.|$))[-._a-zA-Z0-9]+");

    private Pictures() {}

    /**
     * There is a picture that Telegram would take.
     *
     * @param which post has it, for the sentence
     * @throws PostFault when there is none, or it is no JPEG or PNG
     */
    static void require(PostFiles files, String which, String name) {
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new PostFault(which + ": its image must be a key of the ConfigMap, such as sun.png");
        }
        PostFile file = files.find(name)
                .orElseThrow(() -> new PostFault(which + ": there is no image '" + name
                        + "' among the posts; add it to the ConfigMap's binaryData"));
        if (!isPhoto(file.begin(BEGIN))) {
            throw new PostFault(
                    which + ": '" + name + "' is neither a JPEG nor a PNG, which is what Telegram shows as a photo");
        }
        if (file.size() > MOST_BYTES) {
            throw new PostFault(which + ": '" + name + "' is larger than the 10 MB of a Telegram photo");
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
