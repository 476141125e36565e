package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostContent;
import dev.beckon.crd.AutopostSchedule;
import dev.beckon.ledger.content.PostKeys;
import dev.beckon.operator.worker.Files;
import java.util.List;
import java.util.Optional;

/**
 * Which posts a schedule has now, by their keys. It is asked only of a schedule that seems to be exhausted (posts that were added, wherever
 * they are written, are found without a pod that looks for them) and of one whose post is to be published again.
 */
public final class WrittenPosts {
    private final Files files;

    public WrittenPosts(Files files) {
        this.files = files;
    }

    /** {@link PostKeys#digest} of them; absent when their ConfigMap is missing or may not be read, which the next run tells. */
    Optional<String> digest(AutopostSchedule schedule) {
        return keys(schedule).map(PostKeys::digest);
    }

    /** Absent when their ConfigMap is missing or may not be read. */
    Optional<List<String>> keys(AutopostSchedule schedule) {
        AutopostContent content = schedule.getSpec().content();
        if (content.configMapRef() == null) {
            return Optional.of(AutopostWorkerFactory.inlineKeys(content));
        }
        return files.keysOf(
                        schedule.getMetadata().getNamespace(),
                        content.configMapRef().name())
                .map(keys -> keys.stream().filter(PostKeys::isPost).toList());
    }
}
