package dev.beckon.ledger.post;

import java.util.List;
import java.util.Optional;

/** Where posts and pictures lie: the folder that a ConfigMap is mounted at, or the ConfigMap itself. */
public interface PostFiles {
    /** All names, in their order. */
    List<String> names();

    /** Absent when there is none of that name. */
    Optional<PostFile> find(String name);

    /** A post or a picture. */
    interface PostFile {
        /** In bytes. */
        long size();

        /** The first bytes: as many, or all when there are fewer. */
        byte[] begin(int most);
    }
}
