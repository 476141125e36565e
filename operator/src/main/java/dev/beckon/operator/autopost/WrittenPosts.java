package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostContent;
import dev.beckon.crd.AutopostSchedule;
import dev.beckon.ledger.content.PostKeys;
import dev.beckon.ledger.content.TakenPost;
import dev.beckon.ledger.post.PostFault;
import dev.beckon.ledger.post.PostReader;
import dev.beckon.ledger.post.WrittenPost;
import dev.beckon.operator.worker.Files;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Which posts a schedule has now, by their keys, and whether a run would take them. Nobody watches their ConfigMap: it is got by its name
 * and judged now and then, and nothing of it is kept but what came of that.
 */
public final class WrittenPosts {
    private static final int MOST_REMEMBERED = 10_000;

    private final Files files;
    private final Duration remembered;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();

    /** @param remembered how long {@link #lately} asks for no ConfigMap again */
    public WrittenPosts(Files files, Duration remembered) {
        this.files = files;
        this.remembered = remembered;
    }

    private record Look(long generation, Instant at, PostsSeen seen) {}

    /** Absent when their ConfigMap is missing or may not be read. */
    Optional<List<String>> keys(AutopostSchedule schedule) {
        AutopostContent content = schedule.getSpec().content();
        return content.configMapRef() == null
                ? Optional.of(AutopostWorkerFactory.inlineKeys(content))
                : configMap(schedule, content.configMapRef().name()).map(map -> keys(files(map)));
    }

    /** Whether some of the posts or their images stand in ConfigMaps, where they may change while the schedule does not. */
    static boolean hasConfigMap(AutopostContent content) {
        return content.configMapRef() != null
                || !AutopostWorkerFactory.images(content).isEmpty();
    }

    /** What they are like, as of a moment ago. A schedule that was edited since is looked at again. */
    PostsSeen lately(AutopostSchedule schedule, Instant now) {
        return last(schedule)
                .filter(it -> it.at().plus(remembered).isAfter(now))
                .map(Look::seen)
                .orElseGet(() -> now(schedule, now));
    }

    /** What they are like. Those that all stand in the schedule itself are as they were until it is edited. */
    PostsSeen now(AutopostSchedule schedule, Instant now) {
        Optional<Look> last =
                last(schedule).filter(_ -> !hasConfigMap(schedule.getSpec().content()));
        if (last.isPresent()) {
            return last.get().seen();
        }
        PostsSeen seen = look(schedule);
        if (looks.size() >= MOST_REMEMBERED) {
            looks.clear();
        }
        looks.put(
                schedule.getMetadata().getUid(), new Look(schedule.getMetadata().getGeneration(), now, seen));
        return seen;
    }

    /** The last look at the schedule as it is declared now. */
    private Optional<Look> last(AutopostSchedule schedule) {
        return Optional.ofNullable(looks.get(schedule.getMetadata().getUid()))
                .filter(it -> it.generation() == schedule.getMetadata().getGeneration());
    }

    private PostsSeen look(AutopostSchedule schedule) {
        AutopostContent content = schedule.getSpec().content();
        if (content.configMapRef() == null) {
            String digest = PostKeys.digest(AutopostWorkerFactory.inlineKeys(content));
            return new PostsSeen(
                    Optional.of(digest),
                    images(schedule, content)
                            .flatMap(images -> fault(() -> new PostReader(images).ofSpec(written(content)))));
        }
        return configMap(schedule, content.configMapRef().name())
                .map(WrittenPosts::files)
                .map(posts -> new PostsSeen(
                        Optional.of(PostKeys.digest(keys(posts))), fault(() -> new PostReader(posts).ofFiles())))
                .orElse(PostsSeen.NOTHING);
    }

    private static Optional<String> fault(Supplier<List<TakenPost>> read) {
        try {
            var _ = read.get();
            return Optional.empty();
        } catch (PostFault e) {
            return Optional.of(e.getMessage());
        }
    }

    private static List<WrittenPost> written(AutopostContent content) {
        return AutopostWorkerFactory.inline(content).stream()
                .map(it -> new WrittenPost(it.name(), it.text(), it.image()))
                .toList();
    }

    /** Absent when one of them is not there, which is told for itself. */
    private Optional<ConfigMapPosts> images(AutopostSchedule schedule, AutopostContent content) {
        ConfigMapPosts images = new ConfigMapPosts();
        for (Map.Entry<String, SortedSet<String>> wanted :
                AutopostWorkerFactory.images(content).entrySet()) {
            String prefix = wanted.getKey() + "/";
            // One after the other, and none is kept: all of them together may be more than the operator's heap has.
            configMap(schedule, wanted.getKey()).ifPresent(it -> images.pictures(prefix, it, wanted.getValue()));
            if (wanted.getValue().stream()
                    .anyMatch(key -> images.find(prefix + key).isEmpty())) {
                return Optional.empty();
            }
        }
        return Optional.of(images);
    }

    private Optional<ConfigMap> configMap(AutopostSchedule schedule, String name) {
        return files.configMap(schedule.getMetadata().getNamespace(), name);
    }

    private static ConfigMapPosts files(ConfigMap map) {
        return new ConfigMapPosts().and("", map);
    }

    private static List<String> keys(ConfigMapPosts posts) {
        return posts.names().stream().filter(PostKeys::isPost).toList();
    }
}
