package dev.beckon.operator.autopost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.post.PostFiles.PostFile;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A ConfigMap shows the bytes that a worker finds where it is mounted. */
class ConfigMapPostsTest {
    @Property
    void whatIsBinaryHasItsSizeAndItsBeginning(
            @ForAll @Size(max = 40) byte[] bytes, @ForAll @IntRange(max = 50) int most) {
        ConfigMap map = new ConfigMapBuilder()
                .addToBinaryData("sun.jpg", Base64.getEncoder().encodeToString(bytes))
                .build();
        PostFile file = new ConfigMapPosts().and("", map).find("sun.jpg").orElseThrow();
        assertThat(file.size()).isEqualTo(bytes.length);
        assertThat(file.begin(most)).isEqualTo(Arrays.copyOf(bytes, Math.min(most, bytes.length)));
    }

    @Property
    void whatIsTextHasItsSizeAndItsBeginningInUtf8(@ForAll String text, @ForAll @IntRange(max = 50) int most) {
        ConfigMap map = new ConfigMapBuilder().addToData("1.md", text).build();
        PostFile file = new ConfigMapPosts().and("", map).find("1.md").orElseThrow();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(file.size()).isEqualTo(bytes.length);
        assertThat(file.begin(most)).isEqualTo(Arrays.copyOf(bytes, Math.min(most, bytes.length)));
    }

    @Test
    void keysOfBothKindsAreNamedInTheirOrderBelowTheirPrefix() {
        ConfigMap map = new ConfigMapBuilder()
                .addToData("b.md", "B")
                .addToBinaryData("a.jpg", "/9j/")
                .build();
        assertThat(new ConfigMapPosts().and("pictures/", map).names())
                .containsExactly("pictures/a.jpg", "pictures/b.md");
        assertThat(new ConfigMapPosts().and("", new ConfigMap()).names()).isEmpty();
        assertThat(new ConfigMapPosts().and("", map).find("c.md")).isEmpty();
    }

    @Property
    void aPictureHasItsSizeAndItsBeginning(@ForAll @Size(max = 40) byte[] bytes, @ForAll @IntRange(max = 16) int most) {
        ConfigMap map = new ConfigMapBuilder()
                .addToBinaryData("sun.jpg", Base64.getEncoder().encodeToString(bytes))
                .build();
        PostFile file = new ConfigMapPosts()
                .pictures("pictures/", map, List.of("sun.jpg"))
                .find("pictures/sun.jpg")
                .orElseThrow();
        assertThat(file.size()).isEqualTo(bytes.length);
        assertThat(file.begin(most)).isEqualTo(Arrays.copyOf(bytes, Math.min(most, bytes.length)));
    }

    @Test
    void ofABigPictureOnlyItsFirstBytesAreKept() {
        byte[] bytes = new byte[700_000];
        bytes[0] = (byte) 0xFF;
        ConfigMap map = new ConfigMapBuilder()
                .addToBinaryData("sun.jpg", Base64.getEncoder().encodeToString(bytes))
                .build();
        PostFile file = new ConfigMapPosts()
                .pictures("", map, List.of("sun.jpg"))
                .find("sun.jpg")
                .orElseThrow();
        assertThat(file.size()).isEqualTo(700_000);
        assertThat(file.begin(16)).isEqualTo(Arrays.copyOf(bytes, 16));
        assertThatThrownBy(() -> file.begin(17)).isInstanceOf(IllegalArgumentException.class);
        // Neither the ConfigMap nor one of its values is held.
        assertThat(Arrays.stream(file.getClass().getDeclaredFields())
                        .filter(it -> !it.isSynthetic())
                        .<Class<?>>map(Field::getType))
                .containsOnly(int.class, long.class, byte[].class);
        assertThat(file).extracting("first").isEqualTo(Arrays.copyOf(bytes, 16));
    }

    @Test
    void ofPicturesOnlyThoseThatAreWantedAreKept() {
        ConfigMap map = new ConfigMapBuilder()
                .addToData("readme.txt", "Pictures")
                .addToBinaryData("sun.jpg", "/9j/")
                .addToBinaryData("moon.jpg", "/9j/")
                .build();
        assertThat(new ConfigMapPosts()
                        .pictures("pictures/", map, List.of("sun.jpg", "stars.jpg"))
                        .names())
                .containsExactly("pictures/sun.jpg");
    }
}
