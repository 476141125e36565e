package dev.beckon.operator.autopost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.post.PostFiles.PostFile;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
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
}
