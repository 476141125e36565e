package dev.beckon.operator.autopost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.operator.worker.Files;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How often ConfigMaps are asked for, and what is told of what can't be read. */
class WrittenPostsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    private final Held held = new Held();
    private final WrittenPosts posts = new WrittenPosts(held, REMEMBERED);

    /** The ConfigMaps of a namespace; what is asked for is counted. */
    private static final class Held extends Files {
        private final Map<String, ConfigMap> maps = new HashMap<>();
        private int asked;

        Held() {
            super(null, InstantSource.fixed(NOW));
        }

        @Override
        public Optional<ConfigMap> configMap(String namespace, String name) {
            asked++;
            return Optional.ofNullable(maps.get(name));
        }

        void put(String name, String key, String text) {
            maps.put(name, new ConfigMapBuilder().addToData(key, text).build());
        }

        void putBinary(String name, String key, String base64) {
            maps.put(name, new ConfigMapBuilder().addToBinaryData(key, base64).build());
        }
    }

    private static AutopostSchedule schedule(long generation, String content) {
        return Serialization.unmarshal("""
                apiVersion: beckon.dev/v1alpha1
                kind: AutopostSchedule
                metadata: {name: news, namespace: team, uid: news-uid, generation: %d}
                spec: {schedule: "0 9 * * *", targets: ["@our_channel"], account: {name: alice}, content: %s}
                """.formatted(generation, content), AutopostSchedule.class);
    }

    private static AutopostSchedule ofConfigMap(long generation) {
        return schedule(generation, "{configMapRef: {name: posts}}");
    }

    private static AutopostSchedule withImage() {
        return schedule(1, "{posts: [{text: Sun, image: {configMapRef: {name: pictures, key: sun.jpg}}}]}");
    }

    @Test
    void aConfigMapIsAskedForOnceInAWhile() {
        held.put("posts", "1.md", " ");
        Optional<String> fault = posts.lately(ofConfigMap(1), NOW).fault();
        assertThat(fault).contains("The post 1.md is empty: write something, or name an image");

        held.put("posts", "1.md", "Hello");
        assertThat(posts.lately(ofConfigMap(1), NOW.plus(REMEMBERED).minusMillis(1))
                        .fault())
                .isEqualTo(fault);
        assertThat(held.asked).isEqualTo(1);
        assertThat(posts.lately(ofConfigMap(1), NOW.plus(REMEMBERED)).fault()).isEmpty();
        assertThat(held.asked).isEqualTo(2);
    }

    @Test
    void anEditedScheduleIsLookedAtAnew() {
        held.put("posts", "1.md", " ");
        assertThat(posts.lately(ofConfigMap(1), NOW).fault()).isPresent();
        held.put("posts", "1.md", "Hello");
        assertThat(posts.lately(ofConfigMap(2), NOW).fault()).isEmpty();
    }

    @Test
    void aLookThatMustBeFreshIsRememberedToo() {
        held.put("posts", "1.md", "Hello");
        Optional<String> one = posts.now(ofConfigMap(1), NOW).digest();
        held.put("posts", "2.md", "Hello");
        Optional<String> other = posts.now(ofConfigMap(1), NOW).digest();
        assertThat(one).isPresent().isNotEqualTo(other);
        assertThat(posts.lately(ofConfigMap(1), NOW).digest()).isEqualTo(other);
        assertThat(held.asked).isEqualTo(2);
    }

    @Test
    void ofAMissingConfigMapNothingIsTold() {
        assertThat(posts.now(ofConfigMap(1), NOW)).isEqualTo(PostsSeen.NOTHING);
        assertThat(posts.keys(ofConfigMap(1))).isEmpty();
    }

    @Test
    void keysAreThoseOfPosts() {
        held.put("posts", "1.md", "Hello");
        held.maps.put(
                "posts",
                held.maps.get("posts").edit().addToBinaryData("a.jpg", "/9j/").build());
        assertThat(posts.keys(ofConfigMap(1)).orElseThrow()).containsExactly("1.md");
    }

    @Test
    void textsOfTheScheduleItselfAskForNothing() {
        String text = "x".repeat(4097) + " [there](https://example.org)";
        assertThat(posts.lately(schedule(1, "{posts: [{name: one, text: \"" + text + "\"}]}"), NOW)
                        .fault())
                .contains("The post one has 4103 characters, but Telegram takes at most 4096: shorten it");
        assertThat(held.asked).isZero();
    }

    /** They are another generation when they are another text. */
    @Test
    void textsOfTheScheduleItselfAreReadOncePerGeneration() {
        PostsSeen one = posts.lately(schedule(1, "{posts: [{text: Hello}]}"), NOW);
        assertThat(posts.lately(schedule(1, "{posts: [{text: Hello}]}"), NOW.plus(REMEMBERED.multipliedBy(9))))
                .isSameAs(one);
        assertThat(posts.now(schedule(1, "{posts: [{text: Hello}]}"), NOW)).isSameAs(one);
        assertThat(posts.now(schedule(2, "{posts: [{text: ' '}]}"), NOW).fault())
                .contains("The post spec.content.posts[0] is empty: write something, or name an image");
    }

    /** That it is missing has a reason of its own. */
    @Test
    void ofAMissingImageNothingIsToldAndOfABadOneWhy() {
        assertThat(posts.now(withImage(), NOW).fault()).isEmpty();
        held.put("pictures", "moon.jpg", "GIF89a");
        assertThat(posts.now(withImage(), NOW).fault()).isEmpty();
        held.put("pictures", "sun.jpg", "GIF89a");
        assertThat(posts.now(withImage(), NOW).fault().orElseThrow())
                .contains("The post spec.content.posts[0]: 'pictures/sun.jpg' is neither a JPEG nor a PNG");
    }

    @Test
    void imagesOfSeveralConfigMapsAreToldApartByTheirFolders() {
        held.putBinary("pictures", "sun.jpg", "/9j/");
        held.putBinary("more", "sun.jpg", "R0lG");
        assertThat(posts.now(
                                schedule(
                                        1,
                                        "{posts: [{text: Sun, image: {configMapRef: {name: pictures, key: sun.jpg}}},"
                                                + " {text: Moon, image: {configMapRef: {name: more, key: sun.jpg}}}]}"),
                                NOW)
                        .fault()
                        .orElseThrow())
                .contains("The post spec.content.posts[1]: 'more/sun.jpg' is neither a JPEG nor a PNG");
    }
}
